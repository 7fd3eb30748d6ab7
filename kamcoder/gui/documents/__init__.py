"""The documents of the project by case."""
