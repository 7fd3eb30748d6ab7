"""Actors on the screen: who is named in a passage, put right there, and the words by which roles are known."""
