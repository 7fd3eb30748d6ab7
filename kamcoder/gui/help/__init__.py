"""The guide: pages of words from `resources/help`, and the window that shows them."""
