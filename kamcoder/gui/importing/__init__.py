"""Taking transcripts into the project: files are read, looked at, corrected, and written in one act."""
