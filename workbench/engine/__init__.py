"""The engine under everything: one function gives a connection that tables live in."""

from workbench.engine.connection import connect

__all__ = ["connect"]
