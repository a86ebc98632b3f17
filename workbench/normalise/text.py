"""Plain text: one form for characters that differ in width, case or style only."""

from __future__ import annotations

import unicodedata

__all__ = ["SIMPLIFIED", "TRADITIONAL", "plain_text"]

TRADITIONAL = "號樓單棟層門區縣鄉鎮臺廣東"
SIMPLIFIED = "号楼单栋层门区县乡镇台广东"
"""Traditional characters of addresses, and the simplified ones for them."""

_STYLES = str.maketrans(TRADITIONAL + "【】〔〕[]〇○、，。：；＃", SIMPLIFIED + "()()()00,,.:;#")
_ROUNDS = 4


def plain_text(text: str) -> str:
    """Narrow forms (NFKC), lower case, simplified units, single blanks; the same again is equal.

    "Ａ座１２０１　室" → "a座1201 室". Invisible characters (format, control) are left out.
    """
    plain = text
    for _ in range(_ROUNDS):
        again = _once(plain)
        if again == plain:
            break
        plain = again
    return plain


def _once(text: str) -> str:
    narrow = (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    if not narrow.isprintable():
        narrow = "".join(
            " " if one.isspace() else one
            for one in narrow
            if one.isspace() or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        )
    return " ".join(narrow.translate(_STYLES).split())
