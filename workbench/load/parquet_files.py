"""How loaded rows lie on disk, and how much memory a second look at them may take."""

from __future__ import annotations

from typing import Any

__all__ = ["MEMORY", "PARQUET"]

# Dictionaries pay only where few values repeat; elsewhere they cost time and save nothing.
PARQUET: dict[str, Any] = {
    "compression": "zstd",
    "use_dictionary": ["source_file", "currency", "status", "channel", "carrier", "province"],
}
# What the engine may hold in memory while it looks at all rows of a file; the rest it spills.
MEMORY = "300MB"
