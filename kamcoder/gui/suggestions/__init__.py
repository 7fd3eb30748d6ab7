"""Suggestions in the reader and beside it."""
