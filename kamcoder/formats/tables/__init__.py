"""Finished tables and their ways out: a neutral `Grid`, written as CSV, as HTML and as text for a terminal."""
