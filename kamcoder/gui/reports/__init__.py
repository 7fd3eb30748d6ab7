"""The place of what is handed out."""
