"""Where chance comes from: one named stream per recipe, and numbers fixed by a person's number.

Each recipe draws from its own stream, so a new recipe does not change what the others give.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Ints", "permuted", "stream", "uniform", "which"]

Ints = NDArray[np.int64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def stream(seed: int, *name: object) -> np.random.Generator:
    """A generator of its own for `name`; the same on every machine and in every process."""
    key = zlib.crc32("/".join(str(part) for part in name).encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, key])))


def uniform(numbers: ArrayLike, *salt: object) -> NDArray[np.float64]:
    """One number in [0, 1) per entry of `numbers`, always the same for the same entry and salt.

    SplitMix64 finaliser (Steele, Lea and Flood 2014). It lets a person's name, town and phone
    follow from the person's number, without a table of persons.
    """
    offset = np.uint64(zlib.crc32("/".join(str(part) for part in salt).encode()))
    mixed = np.asarray(numbers).astype(np.uint64) * _GOLDEN + (offset << np.uint64(32)) + offset
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def which(numbers: ArrayLike, count: int, *salt: object) -> Ints:
    """An index below `count` per entry of `numbers`, fixed by the entry and the salt."""
    return (uniform(numbers, *salt) * count).astype(np.int64)


def permuted(numbers: ArrayLike, digits: int, seed: int) -> Ints:
    """A number of at most `digits` digits per entry, different for different entries.

    An affine map modulo a power of ten; the factor ends in 7, so it is one to one.
    """
    size = 10**digits
    factor = 10 * (zlib.crc32(f"{seed}/{digits}".encode()) % (size // 1000)) + size // 10 * 3 + 7
    shift = zlib.crc32(f"shift/{seed}/{digits}".encode()) % size
    return (np.asarray(numbers, dtype=np.int64) * (factor % size) + shift) % size
