"""What is new in a letter against the one that was rejected last (R15).

With every final pack the words of its letter are kept in `exports/`, beside the pack and under
its SHA-256, so that the next attempt can be held against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.appeal.render.links import without_links
from workbench.case import Case, write_atomically

__all__ = [
    "LetterDiff",
    "diff_to_last",
    "keep_letter",
    "kept_packs",
    "letter_diff",
    "letter_words",
    "was_rejected",
]

_VERSION = 1
# The merits. What the letter says of the procedure changes by itself, from day to day and with the
# rejection: it makes no new letter.
_ARGUED = frozenset(
    {"request", "position", "groups", "orders", "exhibits", "concessions", "corrective"}
)
# The day on which something was decided or added is no argument either.
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")
_REJECTED = ("rejected", "partly")
_COLUMNS = ["what", "change", "section", "text"]


@dataclass(frozen=True)
class LetterDiff:
    """A letter held against the one of `attempt`.

    `rows` has what (paragraph | evidence | decision), change (new | gone), section, text.
    `repeated` is true where nothing is new on the merits: no paragraph, no evidence, no decision.
    """

    attempt: int
    rows: pd.DataFrame

    @property
    def repeated(self) -> bool:
        """Whether the same letter would be sent again."""
        return not self.rows["change"].eq("new").any()

    def count(self, what: str) -> int:
        """How many of a kind are new."""
        return int((self.rows["what"].eq(what) & self.rows["change"].eq("new")).sum())


def letter_words(
    letters: Mapping[str, Mapping[str, Any]],
    evidence: Sequence[str],
    decisions: Mapping[str, str],
) -> dict[str, Any]:
    """What is kept of a letter: its paragraphs by language and section, evidence, decisions.

    `letters` are the models of the letter by language, `evidence` the SHA-256 of the files,
    `decisions` those of the orders at issue.
    """
    return {
        "version": _VERSION,
        "letters": {language: _sections(model) for language, model in letters.items()},
        "evidence": sorted(set(evidence)),
        "decisions": dict(sorted(decisions.items())),
    }


def letter_diff(attempt: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> LetterDiff:
    """What `new` says that `old` does not, and the other way; both as `letter_words` gives them.

    The language compared is the first that both have; that paragraphs stand elsewhere or in
    another order is no difference.
    """
    rows: list[tuple[str, str, str, str]] = []
    shared = [one for one in old["letters"] if one in new["letters"]]
    if shared:
        before, after = (_paragraphs(one["letters"][shared[0]]) for one in (old, new))
        rows += _changes("paragraph", before, after)
    rows += _changes("evidence", dict.fromkeys(old["evidence"]), dict.fromkeys(new["evidence"]))
    told = [{f"{k}: {v}": k for k, v in one["decisions"].items()} for one in (old, new)]
    rows += _changes("decision", *told)
    return LetterDiff(attempt, pd.DataFrame(rows, columns=_COLUMNS))


def was_rejected(sent: pd.DataFrame) -> bool:
    """Whether any of the `submissions` was rejected, at least in part."""
    return bool(sent["result"].isin(_REJECTED).any())


def diff_to_last(
    case: Case, sent: pd.DataFrame, words: Mapping[str, Any]
) -> LetterDiff | int | None:
    """The letter held against the attempt that was rejected last.

    `sent` are the rows of `submissions`, `words` what `letter_words` gives. The number of the
    attempt where no copy of its letter is kept; None where none was rejected.
    """
    if not was_rejected(sent):
        return None
    last = sent[sent["result"].isin(_REJECTED)].iloc[-1]
    attempt = int(last["attempt"])
    path = _path(case, str(last["pack"])) if last["pack"] else None
    if path is None or not path.is_file():
        return attempt
    return letter_diff(attempt, json.loads(path.read_text("utf-8")), words)


def keep_letter(case: Case, pack: str, words: Mapping[str, Any]) -> Path:
    """Keep the words of the letter of a pack (its SHA-256) in `exports/`; gives where."""
    path = _path(case, pack)
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, indent=1)
    write_atomically(path, text.encode("utf-8"))
    return path


def kept_packs(case: Case) -> frozenset[str]:
    """SHA-256 of the packs of whose letters a copy is kept."""
    found = case.exports_dir.glob("letter-*.json") if case.exports_dir.is_dir() else ()
    return frozenset(path.stem.removeprefix("letter-") for path in found)


def _path(case: Case, pack: str) -> Path:
    return case.exports_dir / f"letter-{pack}.json"


def _sections(model: Mapping[str, Any]) -> dict[str, list[str]]:
    told = {name: list(_texts(value)) for name, value in model.items() if name in _ARGUED}
    return {name: texts for name, texts in told.items() if texts}


def _texts(value: object) -> Iterator[str]:
    """A paragraph per text, and one per row of a table."""
    if isinstance(value, str):
        if plain := " ".join(without_links(value).split()):
            yield plain
    elif isinstance(value, Mapping):
        row = " | ".join(text for one in value.values() for text in _texts(one))
        if row:
            yield row
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _paragraphs(sections: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {
        _MOMENT.sub("…", text): section for section, texts in sections.items() for text in texts
    }


def _changes(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, str, str, str]]:
    for change, here, there in (("new", after, before), ("gone", before, after)):
        for text, section in here.items():
            if text not in there:
                yield what, change, section or "", text
