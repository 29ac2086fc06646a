"""The door: arguments, printing, progress and exit codes."""

from svreport.cli.commands import main

__all__ = ["main"]
