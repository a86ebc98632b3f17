"""The same door written differently: by an honest buyer in a hurry, and by a worker on purpose."""

from __future__ import annotations

__all__ = ["DISGUISES", "FIRST_DISGUISE", "disguised", "hurried", "respelled"]

FIRST_DISGUISE = 1000
"""Spelling numbers from here on are disguises; smaller ones above 0 are honest."""
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
_DIGITS: tuple[dict[int, int], ...] = ({}, _FULL_WIDTH, _NUMERALS)
_JOINTS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("号楼", "栋"), ("幢", "栋"), ("组", "栋"), ("号", "#"), ("单元", "-"), ("室", "")),
    (("号楼", "-"), ("幢", "-"), ("组", "-"), ("弄", "-"), ("号", "-"), ("单元", "-"), ("室", "")),
    (("号楼", "號樓"), ("幢", "棟"), ("组", "組"), ("号", "號"), ("单元", "單元")),
)
_INSERTS = ("", " ", ".", "·")
_TAILS = ("", "门口", "转交")
DISGUISES = len(_JOINTS) * len(_DIGITS) * len(_INSERTS) * len(_TAILS)
"""How many different disguises there are."""


def respelled(text: str, spelling: int) -> str:
    """The text in that spelling: 0 as it is, 1.. honest, FIRST_DISGUISE.. disguised."""
    if spelling >= FIRST_DISGUISE:
        return disguised(text, spelling - FIRST_DISGUISE)
    return hurried(text, spelling) if spelling else text


def hurried(text: str, number: int) -> str:
    """One small change, as people make who type their own address anew (number 1 to 8)."""
    changed = (
        text.replace("室", ""),
        text.replace("号楼", "栋").replace("幢", "栋"),
        text.replace("号", "号 "),
        text.translate(_FULL_WIDTH),
        text + "(家里)",
        text.replace("单元", "-").replace("幢", "-"),
        text.replace("号", "號"),
        text + " 放门口",
    )[number - 1]
    return changed if changed != text else text + "。"


def disguised(text: str, number: int) -> str:
    """Joints, digits, inserted characters and a tail changed on purpose; each number differs."""
    number, tail = divmod(number, len(_TAILS))
    number, insert = divmod(number, len(_INSERTS))
    joint, digit = divmod(number, len(_DIGITS))
    for old, new in _JOINTS[joint]:
        text = text.replace(old, new)
    text = text[:2] + _INSERTS[insert] + text[2:]
    return text.translate(_DIGITS[digit]) + _TAILS[tail]
