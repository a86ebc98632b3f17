"""What strangers may write: read from `payloads.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PAYLOADS", "TURNING", "Payload"]

# Characters that turn the direction of what stands beside them.
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Payload:
    """One text, and how it would bite ("formula", "html", …)."""

    id: str
    text: str

    @property
    def kind(self) -> str:
        return self.id.split("-")[0]


def _read() -> tuple[Payload, ...]:
    with Path(__file__).with_name("payloads.toml").open("rb") as file:
        raw = tomllib.load(file)["payload"]
    return tuple(
        Payload(one["id"], one["text"] * one.get("repeat", 1) + one.get("end", "")) for one in raw
    )


PAYLOADS = _read()
