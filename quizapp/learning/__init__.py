"""Scheduling and study sessions, complete without a screen."""
