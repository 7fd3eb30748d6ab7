"""What a person may choose about the window."""
