"""Stories of a researcher's day through the real window."""
