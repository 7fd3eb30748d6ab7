"""The verbs of the program: what the window and the command line can ask for. No Qt, no spaCy."""
