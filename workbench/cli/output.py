"""How commands speak: exit codes, JSON for machines, lines for people."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any, TextIO

from workbench.inert import inert

__all__ = [
    "BAD_INPUT",
    "DONE",
    "SAID_NO",
    "print_json",
    "speak_inert",
    "speak_utf8",
    "teller",
    "watched",
]

DONE, SAID_NO, BAD_INPUT = 0, 1, 2


def teller(options: argparse.Namespace) -> Callable[[str], None]:
    """What a long command tells its steps by."""
    if options.json:
        return lambda text: print_json({"ok": True, "message": text})
    return lambda text: print(text, flush=True)


def watched(options: argparse.Namespace) -> bool:
    """Whether somebody watches, so that progress is worth showing."""
    return not options.json and sys.stderr.isatty()


def print_json(thing: object) -> None:
    """Print one object on one line."""
    print(json.dumps(thing, ensure_ascii=False, default=str), flush=True)


def speak_utf8() -> None:
    """Let the console take any character."""
    # A Windows console in another code page must show Chinese or "?", never end in a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def speak_inert(options: argparse.Namespace) -> Iterator[None]:
    """Let no text of a stranger command the terminal, whatever is printed; JSON is for machines."""
    if options.json:
        yield
        return
    with redirect_stdout(_Inert(sys.stdout)):
        yield


class _Inert:
    """A stream that shows what a terminal would obey (colours, titles, going back) as "�"."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(inert(text).replace("\r", "�"))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
