"""The README of a pack: what it is, and how anybody can check it without this program."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.appeal.about import about_rows
from workbench.appeal.matter import Matter
from workbench.language import Say, words

__all__ = ["readme"]

_CHECKS = """\
    Linux      sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
    macOS      shasum -a 256 -c manifest-sha256.txt tagmanifest-sha256.txt
    Windows    certutil -hashfile FILE SHA256
    Python     python verify.py PACK.zip SEAL
"""


def readme(matter: Matter, notes: Sequence[str]) -> bytes:
    """The text of README.txt, Chinese first, then English; `notes` are told in both."""
    about = about_rows(matter)
    parts = [
        _told(words("appeal", language), [row[at] for row in about], notes)
        for at, language in enumerate(("zh", "en"))
    ]
    return ("\n" + "=" * 72 + "\n\n").join(parts).encode("utf-8-sig")


def _told(say: Say, about: Sequence[str], notes: Sequence[str]) -> str:
    contents = [
        ("letter.zh.docx, letter.en.docx", say("the appeal as a letter, to be signed by a person")),
        ("orders-and-groups.xlsx", say("all that stands behind the letter")),
        (
            "evidence/",
            say("evidence files as they were given, named by the start of their SHA-256"),
        ),
        ("charts/", say("charts of the case")),
        ("events.jsonl", say("who decided what and when, one event per line")),
        ("results/", say("results of the screening as CSV")),
        ("sources.csv", say("names and SHA-256 of the original files, which are not enclosed")),
    ]
    lines = [say("Appeal pack"), "", *(f"- {line}" for line in about), ""]
    lines += [say("What is in data/"), "", *(f"    {name}: {what}" for name, what in contents), ""]
    lines += [
        say("How to check it"),
        "",
        say("Unpack the zip file, go into its folder, and use what your system has:"),
        "",
        _CHECKS,
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
    if notes:
        lines += ["", say("Notes"), "", *(f"- {note}" for note in notes)]
    return "\n".join(lines) + "\n"
