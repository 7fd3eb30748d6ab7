"""The turn reader: who speaks where in a transcript, when, and which question of the guide is asked.

`read_transcript` is all that others need.
"""

from kamcoder.formats.speakers.reading import read_transcript

__all__ = ["read_transcript"]
