"""Reading and coding one document."""
