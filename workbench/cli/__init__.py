"""The command line of the workbench."""

from workbench.cli.main import main

__all__ = ["main"]
