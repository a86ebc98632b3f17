"""Texts that are copies of each other, up to a word: without comparing each with each.

The pieces of a text are its runs of 4 characters. Two texts share the least piece under a random
order with the probability of their Jaccard similarity (Broder 1997); in two such orders at once
with its square, and four pairs of orders miss a similarity of 0.9 once in 760 times. Texts that
share a pair are held against the first of them only, so that the work grows with the texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.detect.components import components
from workbench.detect.constants import COPY_ALIKE

__all__ = ["alike"]

_PIECE = 4
_BANDS = 4
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3],
    dtype="uint64",
)  # fmt: skip


def alike(texts: Sequence[str]) -> np.ndarray:
    """A number per text, the same for copies; counted from 0 in the order of first texts.

    Texts of fewer than 4 characters are copies only where they are equal.
    """
    if not len(texts):
        return np.empty(0, dtype="int64")
    pieces, starts = _pieces(texts)
    least = np.stack(
        [np.minimum.reduceat(_mixed(pieces, one), starts) for one in _MULTIPLIERS], axis=1
    )
    pairs = []
    for band in range(_BANDS):
        both = least[:, 2 * band] * _MULTIPLIERS[0] ^ least[:, 2 * band + 1]
        _, first, number = np.unique(both, return_index=True, return_inverse=True)
        leader = first[number]
        later = np.flatnonzero(leader != np.arange(len(texts))).tolist()
        pairs += [(n, int(leader[n])) for n in later if _same(texts[n], texts[leader[n]])]
    return components(np.array(pairs, dtype="int64").reshape(-1, 2), len(texts))


def _pieces(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The pieces of all texts one after the other, as numbers; where each text begins."""
    padded = [text + "\0" * max(_PIECE - len(text), 0) for text in texts]
    lengths = np.array([len(text) for text in padded])
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "replace"), dtype="uint32")
    ends = np.cumsum(lengths)
    wide = codes.astype("uint64")
    piece = np.zeros(len(wide), dtype="uint64")
    for n in range(_PIECE):
        piece[: len(wide) - n] += wide[n:] * (_MULTIPLIERS[n] | np.uint64(1))
    # The last three beginnings of a text would run into the next one.
    kept = np.ones(len(wide), dtype=bool)
    for n in range(1, _PIECE):
        kept[ends - n] = False
    sizes = lengths - (_PIECE - 1)
    return piece[kept], np.concatenate([[0], np.cumsum(sizes)[:-1]])


def _mixed(pieces: np.ndarray, multiplier: np.uint64) -> np.ndarray:
    mixed = (pieces ^ (pieces >> np.uint64(31))) * multiplier
    return mixed ^ (mixed >> np.uint64(29))


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    mine, theirs = ({t[n : n + _PIECE] for n in range(len(t) - _PIECE + 1)} for t in (one, other))
    return len(mine & theirs) >= COPY_ALIKE * len(mine | theirs) > 0
