"""A workbench for checking, order by order, whether an online shop's orders are fake."""

__all__ = ["__version__"]

__version__ = "0.1.0"
