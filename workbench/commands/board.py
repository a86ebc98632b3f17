"""The deadlines of one or many cases, and how much evidence each still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from tqdm.auto import tqdm

from workbench.case import write_atomically
from workbench.charts.case_board import board_page
from workbench.errors import BadInput
from workbench.notice.board import board_data, find_cases, is_urgent
from workbench.notice.board_told import board_lines

__all__ = ["Board", "board"]


@dataclass(frozen=True)
class Board:
    """The rows that `workbench.notice.board.board_data` describes, and the same as lines.

    `urgent`: a deadline within three days lacks evidence, or a case cannot be read. `out` is the
    page that was written, None without one.
    """

    rows: pd.DataFrame
    lines: tuple[str, ...]
    urgent: bool
    out: Path | None


def board(
    places: Iterable[Path], *, out: Path | None = None, language: str = "zh", watched: bool = False
) -> Board:
    """Look at every case in `places` (case folders, or folders of cases, one level deep).

    With `out` one offline HTML page is written: picture and table. Raises BadInput where it
    cannot be written.
    """
    cases = find_cases(places)
    rows = board_data(tqdm(cases, disable=not watched, unit="case"))
    if out is not None:
        page = board_page(rows, language)
        try:
            write_atomically(out, page.encode())
        except OSError as error:
            what = f"The board cannot be written: {error.strerror}"
            raise BadInput(what, str(out), "Name a file in a folder that is there") from None
    return Board(rows, tuple(board_lines(rows, language)), is_urgent(rows), out)
