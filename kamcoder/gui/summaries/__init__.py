"""Writing on each case and code, beside its passages."""
