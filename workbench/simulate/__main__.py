"""`python -m workbench.simulate`: write a made-up shop into a folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import BadInput
from workbench.simulate import simulate_shop, write_canonical, write_taobao

_WRITERS = {"taobao": write_taobao, "canonical": write_canonical}


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate and write; 0 when done, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m workbench.simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--orders", type=int, default=5000)
    parser.add_argument("--level", choices=("plain", "moderate", "hard"), default="plain")
    parser.add_argument("--format", choices=sorted(_WRITERS), default="taobao")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--no-rings", action="store_true", help="an all-honest shop")
    given = parser.parse_args(arguments)
    try:
        shop = simulate_shop(given.seed, given.orders, given.level, rings=not given.no_rings)
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for path in _WRITERS[given.format](shop, given.out):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
