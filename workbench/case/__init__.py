"""One matter, one folder: what the shop gave, what was found, and what people decided."""

from workbench.case.folder import Case, create_case, open_case

__all__ = ["Case", "create_case", "open_case"]
