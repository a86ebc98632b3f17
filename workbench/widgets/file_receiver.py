"""Take a file from the reader's machine, in parts, and say what has arrived."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.case.evidence import MAX_BYTES
from workbench.language import Say

__all__ = ["FileReceiver", "ReceivedFile"]


@dataclass(frozen=True)
class ReceivedFile:
    """A file that has arrived whole; `name` is what its giver calls it."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Fingerprint of the content."""
        return hashlib.sha256(self.content).hexdigest()


class FileReceiver(anywidget.AnyWidget):
    """A field for one file. `file` is the ReceivedFile once it is here, else None.

    The page sends {name, size, at, turn} with the bytes from `at` on; the answer {received, text,
    turn} asks for the next part. `turn` counts the files chosen, so that the page can tell an
    answer about the file before. A file above `limit` bytes is refused on both sides.
    """

    _esm = Path(__file__).with_name("file_receiver.js")
    _css = Path(__file__).with_name("file_receiver.css")

    label = traitlets.Unicode("").tag(sync=True)
    too_large = traitlets.Unicode("").tag(sync=True)
    limit = traitlets.Int(MAX_BYTES).tag(sync=True)
    file = traitlets.Instance(ReceivedFile, allow_none=True, default_value=None)

    def __init__(self, say: Say, limit: int = MAX_BYTES) -> None:
        self._say = say
        self._parts = bytearray()
        self._turn = 0
        super().__init__(
            label=say("File"),
            limit=limit,
            too_large=say("The file is too large: {limit:,} bytes are the limit.", limit=limit),
        )
        self.on_msg(self._arrived)

    def clear(self) -> None:
        """Forget the file, here and in the page."""
        self._parts.clear()
        self.file = None
        self._answer(0, "", again=True)

    def __repr__(self) -> str:
        return f"<{self.label}>"

    def _arrived(self, widget: object, message: Any, buffers: list[Any]) -> None:
        name, size, at = str(message["name"]), int(message["size"]), int(message["at"])
        if at == 0:
            self._turn = int(message["turn"])
            self._parts.clear()
            self.file = None
        if at != len(self._parts):  # a part of a file that was given up
            return
        self._parts += bytes(buffers[0])
        received = len(self._parts)
        if max(size, received) > self.limit:
            self._parts.clear()
            self._answer(0, self.too_large, again=True)
            return
        if received >= size:
            self.file = ReceivedFile(name, bytes(self._parts))
            self._parts.clear()
        self._answer(received, self._state(received, size))

    def _answer(self, received: int, text: str, *, again: bool = False) -> None:
        self.send({"received": received, "text": text, "again": again, "turn": self._turn})

    def _state(self, received: int, size: int) -> str:
        say = self._say
        if self.file is None:
            return say("{received:,} of {size:,} bytes", received=received, size=size)
        return say(
            "{size:,} bytes received · SHA-256 {sha256}", size=received, sha256=self.file.sha256
        )
