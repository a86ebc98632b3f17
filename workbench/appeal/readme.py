"""The README of a pack: what it is, and how anybody can check it without this program."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workbench.appeal.about import about_rows
from workbench.appeal.matter import Matter
from workbench.inert import inert
from workbench.known_answer import known_answers_told
from workbench.language import LANGUAGES, Say, words

__all__ = ["readme"]

_CHECKS = """\
    Linux      sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
    macOS      shasum -a 256 -c manifest-sha256.txt tagmanifest-sha256.txt
    Windows    certutil -hashfile FILE SHA256
    Python     python verify.py PACK.zip SEAL
               python recompute.py PACK.zip
"""


def readme(matter: Matter, files: Collection[str], notes: Mapping[str, Sequence[str]]) -> bytes:
    """The text of README.txt, Chinese first, then English.

    `files` are the paths in the pack: only what is there is told of. `notes` are for the reader,
    by language.
    """
    about = about_rows(matter)
    parts = [
        _told(
            words("appeal", language),
            [row[at] for row in about],
            files,
            notes[language],
            _silence(matter, language),
        )
        for at, language in enumerate(LANGUAGES)
    ]
    return inert(("\n" + "=" * 72 + "\n\n").join(parts)).encode("utf-8-sig")


def _told(
    say: Say,
    about: Sequence[str],
    files: Collection[str],
    notes: Sequence[str],
    silence: Sequence[str],
) -> str:
    lines = [say("Appeal pack"), "", *(f"- {line}" for line in about), ""]
    lines += [say("What is in data/"), ""]
    lines += [
        f"    {name}: {what}"
        for name, what in _contents(say)
        if any(file.startswith(name.split(",")[0]) for file in files)
    ]
    if silence:
        lines += ["", say("How much it is worth that nothing else was found"), ""]
        lines += [f"- {line}" for line in silence]
    lines += ["", say("How to check it"), ""]
    lines += [say("Unpack the zip file, go into its folder, and use what your system has:")]
    lines += ["", _CHECKS, *_seal_and_chain(say)]
    if notes:
        lines += ["", say("Notes"), "", *(f"- {note}" for note in notes)]
    return "\n".join(lines) + "\n"


def _silence(matter: Matter, language: str) -> list[str]:
    if matter.known_answers is None:
        return []
    return known_answers_told(matter.known_answers, language)


def _contents(say: Say) -> list[tuple[str, str]]:
    return [
        (
            "letter.zh, letter.en",
            say("the appeal as a letter (Word, PDF and HTML), to be signed by a person"),
        ),
        (
            "forms/",
            say(
                "requests and drafts beside the letter: for a human decision, for data, and for "
                "the next rung"
            ),
        ),
        ("orders-and-groups.xlsx", say("all that stands behind the letter")),
        (
            "evidence/",
            say("evidence files as they were given, named by the start of their SHA-256"),
        ),
        (
            "timestamps/",
            say(
                "time stamps (RFC 3161) on evidence files, each under the start of the SHA-256 of "
                "its file: openssl ts -verify -in STAMP.tsr -data FILE -CAfile ROOTS.pem"
            ),
        ),
        ("charts/", say("charts of the case")),
        ("events.jsonl", say("who decided what and when, one event per line")),
        ("results/", say("results of the screening as CSV")),
        (
            "results/known_answer.csv",
            say("how much of made-up brushing, planted into copies of the data, was found"),
        ),
        (
            "reproduce/",
            say("masked tables, settings and versions: every figure of the letter counted again"),
        ),
        ("sources.csv", say("names and SHA-256 of the original files, which are not enclosed")),
    ]


def _seal_and_chain(say: Say) -> list[str]:
    return [
        say(
            "The seal is the SHA-256 of tagmanifest-sha256.txt. Compare it with the seal that the "
            "sender told you by another way: only that shows that nobody made the pack anew."
        ),
        say(
            "Each event in events.jsonl names the hash of the one before it; the last hash stands "
            "in bag-info.txt as Event-Chain-Head. The hash is the SHA-256 of the JSON of all other "
            "fields with sorted keys and no blanks, in UTF-8. An event marked as masked keeps the "
            "hash of its original."
        ),
    ]
