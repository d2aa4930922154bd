"""Packs while they are being written: read again at every save, tried, never recorded."""
