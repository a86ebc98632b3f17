"""Mask personal columns by the rule that `canonical.toml` gives each of them.

Equal values stay visibly equal inside one case and cannot be compared between cases: each alias
is a keyed HMAC-SHA-256, and its key never leaves the case folder. A plain hash would not do: a
phone or order number can be guessed by trying all of them.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from workbench.case.folder import Case
from workbench.case.place import place_of
from workbench.case.scrub import WITHHELD, scrub
from workbench.errors import BadInput
from workbench.tables import TABLES, Column

__all__ = ["KEY_FILE", "Masker", "mask_frame"]

KEY_FILE = "mask.key"

_KEY_BYTES = 32
_TAG_DIGITS = 8
# What is hashed together: a buyer is the same in orders, reviews and chats.
_PREFIXES = {
    "buyer_id": "B",
    "buyer_account": "P",
    "counterparty_account": "P",
    "payment_id": "T",
    "reference_id": "T",  # an entry may refer to the payment of an order
    "device": "D",
    "ip": "I",
    "conversation_id": "C",
    "staff_id": "S",
}
_PLACE = ("province", "city", "district")
_SHOWN_AS_IT_IS = ("source_file", "source_row", "detail_file", "detail_row", "shop")
_IDENTIFIER = re.compile(r".*(_id|_no|_hashes|seller_sku|currency)")


@dataclass(frozen=True)
class Masker:
    """Gives masked forms; the same `key` gives the same alias to the same value."""

    key: bytes = field(repr=False)

    @classmethod
    def for_case(cls, case: Case) -> Masker:
        """The masker of a case; its random key is made on first use, readable by its owner only.

        Raises BadInput when the key file is damaged.
        """
        path = case.path / KEY_FILE
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
        if len(key) != _KEY_BYTES:
            raise BadInput(
                "The key of the case's aliases is damaged",
                str(path),
                "Put it back from a copy; without one remove it, and all aliases become new ones",
            )
        return cls(key)

    def alias(self, prefix: str, value: str) -> str:
        """A pseudonym such as "B-3f9a2c1d"; equal values of one prefix have equal aliases."""
        message = f"{prefix}\0{_even(value)}".encode("utf-8", "surrogatepass")
        return f"{prefix}-{hmac.digest(self.key, message, 'sha256').hex()[:_TAG_DIGITS]}"

    def phone(self, value: str) -> str:
        """The first three digits and an alias: "138**** N-91c2d3e4".

        The last digits are withheld too: with them, a carrier's prefix and a town, a number can
        be found by trying.
        """
        digits = re.sub(r"[^0-9*]", "", _even(value))
        digits = re.sub(r"^(?:00)?86(?=.{11}$)", "", digits)
        # Ciphertext of a platform holds letters: its digits alone are not what it is.
        is_number = len(digits) >= 7 and not re.search(r"[^\W\d_]", value)
        tag = self.alias("N", digits if is_number else value)
        return f"{digits[:3]}**** {tag}" if is_number and digits[:3].isdigit() else tag

    def name(self, value: str) -> str:
        """The first character of a name, or nothing of a name of one character: "张*"."""
        plain = _even(value)
        return f"{plain[0]}*" if len(plain) > 1 and plain[0].isalpha() else "*"

    def address(self, value: str, place: str | None = None) -> str:
        """Province, city, district and an alias of the rest: "浙江省 杭州市 余杭区 · A-91c2d3e4".

        `place` is what the export says in columns of its own; left out, it is read from the
        address as far as that is certain.
        """
        shown = place_of(value) if place is None else place
        tag = self.alias("A", value)
        return f"{shown} · {tag}" if shown else tag

    def text(self, value: str) -> str:
        """How long the withheld text is: "▒ 23"."""
        return f"{WITHHELD} {len(value)}"


def mask_frame(
    frame: pd.DataFrame, table: str, masker: Masker, *, keep: Collection[str] = ()
) -> pd.DataFrame:
    """The rows of a canonical table with every personal column masked.

    Missing and empty values stay so. Columns without a mask rule stay, their free texts without
    contact details (see `scrub`). Raises KeyError for a column that is neither canonical nor
    named in `keep`: what is unknown is not shown.
    """
    masked = {}
    for name in frame.columns:
        if name in keep or name in _SHOWN_AS_IT_IS:
            masked[name] = frame[name]
            continue
        column = TABLES[table].column(name)
        if column.mask == "address":
            masked[name] = _addresses(frame, name, masker)
        else:
            rule = _rule(column, masker)
            masked[name] = frame[name] if rule is None else _each(frame[name], rule)
    return pd.DataFrame(masked, index=frame.index)


def _rule(column: Column, masker: Masker) -> Callable[[str], str] | None:
    if column.mask == "alias":
        prefix = _PREFIXES.get(column.name, "X")
        return lambda value: masker.alias(prefix, value)
    if column.mask == "phone":
        return masker.phone
    if column.mask == "name":
        return masker.name
    if column.mask == "text":
        return masker.text
    if column.mask == "drop":
        return lambda value: ""
    if column.mask is not None:
        raise KeyError(f"there is no mask rule {column.mask}")
    return scrub if column.type == "text" and not _IDENTIFIER.fullmatch(column.name) else None


def _each(values: pd.Series, rule: Callable[[str], str]) -> pd.Series:
    """The rule applied once per different value; missing and empty ones stay."""
    codes, different = pd.factorize(values, use_na_sentinel=True)
    done = [rule(str(value)) if str(value) else "" for value in different]
    return pd.Series([done[code] if code >= 0 else None for code in codes], values.index, object)


def _addresses(frame: pd.DataFrame, name: str, masker: Masker) -> pd.Series:
    places = pd.Series("", frame.index)
    for column in _PLACE:
        if column in frame:
            places = places + " " + frame[column].fillna("").astype(str)
    places = places.str.split().str.join(" ")
    masked = [
        masker.address(str(address), scrub(place) or None)
        if pd.notna(address) and str(address)
        else address
        for place, address in zip(places, frame[name], strict=True)
    ]
    return pd.Series(masked, frame.index, object)


def _even(value: str) -> str:
    """The value without differences that no reader sees: width of signs, and of blanks."""
    return " ".join(unicodedata.normalize("NFKC", value).split())


def _make_key(path: Path) -> None:
    """Write a new key so that of several processes at once one wins and all read its key."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)
    except FileExistsError:
        pass  # another process was first: its key is the key
    except OSError:
        shutil.copyfile(temporary, path)  # a file system without links, such as a USB stick's
        path.chmod(0o600)
    finally:
        Path(temporary).unlink()
