"""The nouns of the program as frozen dataclasses and pure rules; standard library only."""
