"""Codes that stand for values: equal for equal values, of no use without the case's key."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field

from workbench.normalise import normalise_phone

__all__ = ["Codes", "is_in_part"]

_MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
_IN_PART = re.compile(r"[*＊●•]|[0-9][xX]{3,}[0-9]?")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def is_in_part(text: str) -> bool:
    """Whether a value is shown in part only, as `workbench.normalise.is_masked` says of columns."""
    return _IN_PART.search(text) is not None


@dataclass(frozen=True)
class Codes:
    """Gives codes; the same `key` gives the same code to the same value."""

    key: bytes = field(repr=False)

    def digest(self, kind: str, value: str) -> bytes:
        """32 bytes that only the key's owner can get from the value."""
        message = f"reproduce\0{kind}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.key, message, "sha256")

    def value(self, text: str) -> str:
        """A name, account or device: "x9c2f…". A phone has one code however it is written."""
        plain = text.strip()
        if not plain:
            return ""
        if plain[0] in "+01" and (key := normalise_phone(plain).key):
            plain = key
        return self._code(plain, text)

    def phone(self, text: str) -> str:
        """A phone; a number that forwards to whoever ordered stays one that names nobody."""
        plain = text.strip()
        if not plain:
            return ""
        key = plain if _MOBILE.fullmatch(plain) else normalise_phone(plain).key
        if key is None:
            return f"19900000000-{self.digits('phone', plain, 6)}"
        return self._code(key, text)

    def named(self, kind: str, text: str) -> str:
        """A code of its own kind, such as of a place."""
        return f"{kind}{self.digest(kind, text).hex()[:16]}" if text else ""

    def letters(self, kind: str, text: str, length: int) -> str:
        """So many letters; a shorter run is the beginning of a longer one."""
        found: list[str] = []
        while len(found) < length:
            block = self.digest(f"{kind}{len(found)}", text)
            found += [_LETTERS[byte % 26] for byte in block]
        return "".join(found[:length])

    def digits(self, kind: str, text: str, length: int) -> str:
        """So many digits."""
        return f"{int.from_bytes(self.digest(kind, text)[:8]) % 10**length:0{length}d}"

    def _code(self, plain: str, text: str) -> str:
        return f"x{self.digest('value', plain).hex()[:16]}{'*' * is_in_part(text)}"
