"""Make the pack that is handed over: letter, workbook, evidence and history in one sealed zip."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import __version__
from workbench.appeal import checker
from workbench.appeal.bag import Bag, Content, write_bag
from workbench.appeal.csv_file import write_csv
from workbench.appeal.enclosed import check_enclosed, enclosed
from workbench.appeal.history import event_lines
from workbench.appeal.matter import Matter, gather
from workbench.appeal.names import safe_name
from workbench.appeal.papers import Papers, forms, letters
from workbench.appeal.readme import readme
from workbench.appeal.sentences import LetterFigures
from workbench.appeal.workbook import write_workbook
from workbench.case import Case, Masker, events, head, verify_chain
from workbench.errors import BadInput, Problem
from workbench.figures import recompute, reproduce_files
from workbench.file_hash import sha256_of
from workbench.language import LANGUAGES, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["PackResult", "build_pack", "check_pack"]


@dataclass(frozen=True)
class PackResult:
    """A pack that was made.

    `sha256` is that of the zip file; `seal` is the SHA-256 of its tag manifest, which stays the
    same when the pack is unpacked. `files` are the paths inside; `notes` are for whoever sends it.
    """

    path: Path
    sha256: str
    seal: str
    files: tuple[str, ...]
    notes: tuple[str, ...]


def build_pack(
    case: Case,
    out: Path,
    *,
    tables: Tables,
    assessment: Assessment,
    attachments: Mapping[str, Content] | None = None,
    notes: Sequence[str] = (),
    lacking: Mapping[str, Sequence[str]] | None = None,
    template: Path | None = None,
    form_template: Path | None = None,
    masked: bool = True,
    overwrite: bool = False,
    progress: bool = False,
) -> PackResult:
    """Write the pack of a screened case to the zip file `out`.

    `attachments` (name → file or bytes) go under charts/; `notes` are told in its README.
    `lacking` (by language) says what keeps the letter a draft; without it, that nobody checked.
    `template` and `form_template` are Word files of the firm's own. The same case gives the same
    bytes on the same day of the case. It is written beside `out` and renamed at the end, so that
    nobody meets half a pack.

    Raises BadInput, with all problems at once, when the case has not been screened, `out`
    exists, its folder cannot be written, an evidence file is not what it was, or the chain of
    events is broken.
    """
    out = Path(out)
    check_pack(case, out, overwrite=overwrite)
    matter = gather(case, tables, assessment, Masker.for_case(case) if masked else None)
    files = enclosed(case, matter)
    check_enclosed(files)
    missing = _unchecked() if lacking is None else lacking
    charts = attachments or {}
    figures = LetterFigures(matter, tables, assessment)
    papers = letters(
        matter, figures, lacking=missing, pictures=_pictures(charts), template=template
    )
    beside = forms(matter, template=form_template)
    told: dict[str, list[str]] = {
        language: [
            *notes,
            *_notes(matter, missing[language], language),
            *papers.notes[language],
            *beside.notes[language],
        ]
        for language in LANGUAGES
    }
    with tempfile.TemporaryDirectory() as folder, _beside(out) as waiting:
        payload: dict[str, Content] = _written(
            case, tables, assessment, matter, papers, figures, Path(folder)
        )
        payload |= beside.files
        payload |= {f"charts/{name}": content for name, content in charts.items()}
        payload |= {name: one.path for name, one in files.items()}
        key = Masker.for_case(case).key
        payload |= reproduce_files(
            case, tables, assessment, figures, papers.models, key, progress=progress
        )
        payload["README.txt"] = readme(matter, list(payload), told)
        bag = write_bag(
            waiting,
            payload,
            folder=_folder(matter),
            info=_info(case, matter),
            tags={
                "verify.py": Path(checker.__file__).read_bytes(),
                "recompute.py": Path(recompute.__file__).read_bytes(),
            },
            expected={name: one.sha256 for name, one in files.items()},
            progress=progress,
        )
        return _result(waiting, out, bag, told[case.language])


def check_pack(case: Case, out: Path, *, overwrite: bool) -> None:
    """Raise BadInput, with all problems at once, where no pack can be written to `out`."""
    problems = []
    if not (case.results_dir / "orders.parquet").is_file():
        do = "Run `workbench screen --case DIR` first"
        problems.append(Problem("The case has not been screened yet", str(case.path), do))
    if out.is_dir():
        problems.append(Problem("This is a folder", str(out), "Name a zip file to write"))
    elif out.exists() and not overwrite:
        do = "Name another file, or allow it to be replaced"
        problems.append(Problem("There is such a file already", str(out), do))
    problems += verify_chain(case.database)
    if problems:
        raise BadInput.many(problems)


def _unchecked() -> dict[str, list[str]]:
    """What keeps a letter a draft while nobody asked the gate."""
    told: dict[str, list[str]] = {}
    for language in LANGUAGES:
        say = words("appeal", language)
        told[language] = [say("The readiness checks have not been run.")]
    return told


def _result(waiting: Path, out: Path, bag: Bag, notes: Sequence[str]) -> PackResult:
    return PackResult(out, sha256_of(waiting), bag.seal, bag.files, tuple(notes))


def _pictures(charts: Mapping[str, Content]) -> dict[str, bytes]:
    return {name: content for name, content in charts.items() if isinstance(content, bytes)}


def _written(
    case: Case,
    tables: Tables,
    assessment: Assessment,
    matter: Matter,
    papers: Papers,
    figures: LetterFigures,
    folder: Path,
) -> dict[str, Content]:
    """The files made for the pack, by their path in it."""
    files: dict[str, Content] = dict(papers.files)
    write_workbook(matter, tables, folder / "orders-and-groups.xlsx", figures)
    files["orders-and-groups.xlsx"] = folder / "orders-and-groups.xlsx"
    results = {name: getattr(assessment, name) for name in ("orders", "groups", "detectors")}
    if matter.known_answers is not None:
        results["known_answer"] = matter.known_answers
    frames = {
        "sources": matter.origins.drop(columns="number"),
        **{f"results/{name}": frame for name, frame in results.items()},
    }
    for name, frame in frames.items():
        path = folder / f"{Path(name).name}.csv"
        write_csv(frame, path)
        files[f"{name}.csv"] = path
    files["events.jsonl"] = event_lines(case, matter.conceal)
    return files


def _info(case: Case, matter: Matter) -> dict[str, str]:
    info = {
        "Source-Organization": matter.shop,
        "Bagging-Date": f"{matter.now:%Y-%m-%d}",
        "External-Identifier": (matter.notice and matter.notice.notice_id) or "",
        "External-Description": "Appeal pack: letter, evidence and history of one case",
        "Bag-Software-Agent": f"order-workbench {__version__}",
        "Event-Count": str(len(events(case.database))),
        "Event-Chain-Head": head(case.database),
        "Personal-Data": "masked" if matter.masker else "not masked",
    }
    return {name: value for name, value in info.items() if value.strip()}


def _folder(matter: Matter) -> str:
    number = matter.notice and matter.notice.notice_id
    return safe_name(f"appeal-pack-{number}" if number else "appeal-pack")


def _notes(matter: Matter, missing: Sequence[str], language: str) -> list[str]:
    say = words("appeal", language)
    notes = []
    if missing:
        notes.append(say("The letter is a draft: {missing}", missing=" ".join(missing)))
    if len(matter.exhibits):
        notes.append(
            say(
                "Evidence files are enclosed as they are and not masked: look through them for "
                "personal data before you send the pack."
            )
        )
    if matter.masker is None:
        notes.append(say("Personal data of buyers are NOT masked: do not pass this file on."))
    return notes


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A file beside `out` that takes its place when all went well, and is gone otherwise."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name[:40]}-")
    except OSError as error:
        raise BadInput(
            f"The pack cannot be written: {error.strerror}",
            str(out.parent),
            "Name a folder that you may write to",
        ) from None
    os.close(handle)
    waiting = Path(name)
    try:
        yield waiting
        waiting.replace(out)
    finally:
        waiting.unlink(missing_ok=True)
