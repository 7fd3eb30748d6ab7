"""KamCoder: code interview transcripts, read them across cases, compare coders."""

__version__ = "0.1.0"
