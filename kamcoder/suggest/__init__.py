"""Suggestions of codes and actors; the only place with spaCy, which is imported when it is first needed."""
