"""Bytes to domain objects and back: readers of transcripts, and writers; no store, no window."""
