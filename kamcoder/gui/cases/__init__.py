"""Cases and participants with their attributes, as grids."""
