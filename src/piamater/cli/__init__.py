"""The command line: thin, over the rooms below."""

from piamater.cli.main import main

__all__ = ["main"]
