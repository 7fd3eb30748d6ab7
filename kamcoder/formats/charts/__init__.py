"""Charts: what is on them, how they are laid out, and the pictures that come of it (SVG, PNG, PDF)."""
