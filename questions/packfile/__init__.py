"""Read a pack file with positions."""
