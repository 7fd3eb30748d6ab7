"""The command line: a thin layer over the services, for scripts and for machines without a screen."""

from kamcoder.cli.program import run

__all__ = ["run"]
