"""The case folder: where everything of one matter lies, movable as it stands."""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from filelock import FileLock, Timeout

from workbench.case.postgres_store import PostgresStore, is_postgres_url
from workbench.case.sqlite_store import SqliteStore
from workbench.case.store import Store
from workbench.errors import BadInput, Problem
from workbench.language import LANGUAGES

__all__ = ["CASE_VARIABLE", "Case", "create_case", "default_case", "open_case"]

CASE_VARIABLE = "WORKBENCH_CASE"

CASE_FILE = "case.toml"
_FIELDS = ("shop", "platform", "zone", "language", "currency", "id", "events_url")
_LOCK_FILE = ".lock"


@dataclass(frozen=True)
class Case:
    """An opened case folder.

    `zone` is the IANA name of the shop's time zone, `currency` the ISO 4217 code of amounts
    whose source names none. `as_of` fixes "now" for a sample, so that it tells the same story
    on any day; a real case has none. `id` tells the copies of this case from all other cases.
    `events_url` names the PostgreSQL database that holds its events; "" means a SQLite file in
    the folder.
    """

    path: Path
    shop: str
    platform: str
    zone: str
    language: str
    currency: str
    as_of: datetime | None = None
    id: str = ""
    events_url: str = ""

    @property
    def tables_dir(self) -> Path:
        """Canonical tables as Parquet, one file per source."""
        return self.path / "tables"

    @property
    def keys_dir(self) -> Path:
        """The tables that detectors count on, worked out from the others; may be deleted."""
        return self.path / "keys"

    @property
    def sources_dir(self) -> Path:
        """The original files, named by their SHA-256."""
        return self.path / "sources"

    @property
    def results_dir(self) -> Path:
        """What screening left."""
        return self.path / "results"

    @property
    def evidence_dir(self) -> Path:
        """Evidence files, named by their SHA-256."""
        return self.path / "evidence"

    @property
    def exports_dir(self) -> Path:
        """Packs that were made of the case."""
        return self.path / "exports"

    @property
    def published_dir(self) -> Path:
        """The masked snapshot that dashboards read."""
        return self.path / "published"

    @property
    def database(self) -> Store:
        """The events: decisions, notes, evidence."""
        if self.events_url:
            return PostgresStore(self.events_url, self.id)
        return SqliteStore(self.path / "case.db")

    def now(self) -> datetime:
        """The shop's local time, without a zone; `as_of` where the case fixes it."""
        return self.as_of or datetime.now(ZoneInfo(self.zone)).replace(tzinfo=None)

    @contextmanager
    def lock(self, wait: float = 0) -> Iterator[None]:
        """Hold the case alone; raises BadInput when another process has it for `wait` seconds."""
        lock = FileLock(self.path / _LOCK_FILE, timeout=wait)
        try:
            lock.acquire()
        except Timeout:
            raise BadInput(
                "Another process is working on this case",
                str(self.path),
                "Wait until it has finished, then try again",
            ) from None
        try:
            yield
        finally:
            lock.release()


def create_case(
    path: Path,
    *,
    shop: str = "",
    platform: str = "",
    zone: str = "Asia/Shanghai",
    language: str = "zh",
    currency: str = "CNY",
    as_of: datetime | None = None,
    events_url: str = "",
) -> Case:
    """Make a new case folder at `path` and open it.

    Its events go into a SQLite file in the folder, or into the PostgreSQL database at
    `events_url` (postgresql://USER@HOST/DATABASE), which many analysts and cases may share.
    Raises BadInput when the path holds anything already, or a field is not usable.
    """
    path = Path(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise BadInput(
            "A case needs a folder of its own, and this one is not empty",
            str(path),
            "Name a new folder, or the folder of an existing case",
        )
    case = Case(
        path,
        shop,
        platform,
        zone,
        language,
        currency,
        as_of,
        id=secrets.token_hex(8),
        events_url=events_url,
    )
    _check(case)
    path.mkdir(parents=True, exist_ok=True)
    told = [field for field in _FIELDS if field != "events_url" or events_url]
    lines = [f"{field} = {_toml_text(getattr(case, field))}" for field in told]
    if as_of is not None:
        lines.append(f"as_of = {as_of.isoformat()}")
    (path / CASE_FILE).write_text("\n".join(lines) + "\n", "utf-8")
    return case


def open_case(path: Path) -> Case:
    """Open the case folder at `path`; raises BadInput when it is not one."""
    path = Path(path)
    file = path / CASE_FILE
    if not file.is_file():
        raise BadInput(
            "This is not a case folder" if path.exists() else "There is no such case folder",
            str(path),
            f"A case folder holds a file {CASE_FILE}; `workbench load FILE --case DIR` makes one",
        )
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"The case file cannot be read: {error}", str(file)) from None
    known = {field: str(raw.get(field, "")) for field in _FIELDS}
    case = Case(path=path, as_of=raw.get("as_of"), **known)
    _check(case)
    return case


def default_case() -> Path | None:
    """The case that is meant where none is named.

    It is the folder that the environment variable WORKBENCH_CASE names, else the case folder in
    which the working directory lies (a case's notebooks run in CASE/notebooks), else None.
    """
    named = os.environ.get(CASE_VARIABLE, "").strip()
    if named:
        return Path(named)
    here = Path.cwd()
    return next((path for path in (here, *here.parents) if (path / CASE_FILE).is_file()), None)


def _check(case: Case) -> None:
    problems = []
    try:
        ZoneInfo(case.zone)
    except (ZoneInfoNotFoundError, ValueError):
        problems.append(
            Problem(
                f"Unknown time zone {case.zone!r}",
                f"{CASE_FILE}, zone",
                "Give an IANA name such as Asia/Shanghai",
            )
        )
    if case.language not in LANGUAGES:
        problems.append(
            Problem(
                f"Unknown language {case.language!r}",
                f"{CASE_FILE}, language",
                f"Give one of {', '.join(LANGUAGES)}",
            )
        )
    if case.as_of is not None and not _is_local_time(case.as_of):
        problems.append(
            Problem(
                "as_of is no local date and time",
                f"{CASE_FILE}, as_of",
                "Write it as 2026-01-09T09:00:00, without a zone",
            )
        )
    problems += _events_problems(case)
    if problems:
        raise BadInput.many(problems)


def _events_problems(case: Case) -> list[Problem]:
    if not case.events_url:
        return []
    where = f"{CASE_FILE}, events_url"
    problems = []
    if not is_postgres_url(case.events_url):
        do = "Write it as postgresql://USER@HOST/DATABASE, or leave it out for a file"
        problems.append(Problem("This names no PostgreSQL database", where, do))
    elif urlsplit(case.events_url).password:
        do = "Take it out, and put it into ~/.pgpass or PGPASSWORD: case folders are handed on"
        problems.append(Problem("A password stands in the case file", where, do))
    if not case.id:
        do = "Give the case an id that no other case in this database has"
        problems.append(Problem("The case has no id", f"{CASE_FILE}, id", do))
    return problems


def _is_local_time(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is None


def _toml_text(text: str) -> str:
    # JSON writes a string as TOML does, save for one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
