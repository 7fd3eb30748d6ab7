"""Pure functions on plain rows: tables and counts. No store, no files, no text for people."""
