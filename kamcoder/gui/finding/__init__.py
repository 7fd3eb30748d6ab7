"""Finding words everywhere, and browsing all passages."""
