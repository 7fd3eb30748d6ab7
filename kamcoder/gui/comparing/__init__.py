"""The place where coders are compared."""
