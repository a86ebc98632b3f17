"""Load files into a case."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from workbench.case import Case, create_case, open_case
from workbench.detect import detectors
from workbench.detect.stored_trade import store_trade
from workbench.errors import BadInput
from workbench.load import Loads, load_files

__all__ = ["load", "needs_of_checks"]


def load(
    files: Sequence[Path],
    case: Path,
    *,
    mapping: Path | None = None,
    dates: str = "",
    decimals: str = "",
    sellers: Sequence[str] = (),
    corrects: bool = False,
    progress: bool = False,
    **fields: Any,
) -> Loads:
    """Load files, folders and zip archives into the case folder `case`, which is made if new.

    `fields` (shop, platform, zone, language, currency, events_url) describe a new case; an
    existing one keeps its own. `shop` is also the shop of these files, where they name none
    themselves. `sellers` are further names that the shop writes under in pasted chats. Rows that
    `quarantine` wrote are loaded as they were corrected; `corrects` says that the files must hold
    such.
    Either every named file is loaded or none: after BadInput the case is as it was. Files inside
    folders and archives that are no data are left out, and told.
    """
    case = Path(case)
    with _case_to_fill(case, fields) as opened, opened.lock():
        loaded = load_files(
            [Path(file) for file in files],
            tables_dir=opened.tables_dir,
            sources_dir=opened.sources_dir,
            zone=opened.zone,
            currency=opened.currency,
            mapping=mapping,
            shop=str(fields.get("shop", "")),
            case_shop=opened.shop,
            dates=dates,
            decimals=decimals,
            sellers=sellers,
            corrects=corrects,
            needs=needs_of_checks(),
            progress=progress,
        )
        store_trade(opened.tables_dir, opened.keys_dir)
        return loaded


def needs_of_checks() -> dict[str, tuple[str, ...]]:
    """Each check with the columns it cannot do without; "a | b" where either will do."""
    return {
        detector.name: (*detector.needs, *map(" | ".join, detector.needs_any))
        for detector in detectors()
    }


@contextmanager
def _case_to_fill(path: Path, fields: dict[str, Any]) -> Iterator[Case]:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        yield open_case(path)
        return
    # A new case is filled beside its place and moved there whole, so that a failure leaves nothing.
    parent = path.absolute().parent
    _make(parent)
    waiting = Path(mkdtemp(prefix=f".{path.name}-", dir=parent))
    try:
        yield create_case(waiting / "case", **fields)
        if path.exists():
            path.rmdir()
        (waiting / "case").rename(path)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _make(parent: Path) -> None:
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"The case folder cannot be made: {error.strerror}", str(parent)) from None
