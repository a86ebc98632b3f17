"""Take a file from the reader's machine, in parts, and say what has arrived."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.case.evidence import MAX_BYTES
from workbench.file_hash import sha256_of
from workbench.language import Say

__all__ = ["FileReceiver", "ReceivedFile"]


class ReceivedFile:
    """A file that has arrived whole; `name` is what its giver calls it.

    `source` is its content, or the path where it lies until it is taken over.
    """

    def __init__(self, name: str, source: bytes | Path) -> None:
        self.name, self.source = name, source

    @property
    def content(self) -> bytes:
        """All of it."""
        return self.source.read_bytes() if isinstance(self.source, Path) else self.source

    @property
    def sha256(self) -> str:
        """Fingerprint of the content; a file is read in parts."""
        if isinstance(self.source, Path):
            return sha256_of(self.source)
        return hashlib.sha256(self.source).hexdigest()


class FileReceiver(anywidget.AnyWidget):
    """A field for one file. `file` is the ReceivedFile once it is here, else None.

    The page sends {name, size, at, turn} with the bytes from `at` on; the answer {received, text,
    turn} asks for the next part. `turn` counts the files chosen, so that the page can tell an
    answer about the file before. A file above `limit` bytes is refused on both sides. The parts
    go into a private folder of the machine's temporary files, so that a long video does not fill
    the memory; the folder goes with the widget.
    """

    _esm = Path(__file__).with_name("file_receiver.js")
    _css = Path(__file__).with_name("file_receiver.css")

    label = traitlets.Unicode("").tag(sync=True)
    too_large = traitlets.Unicode("").tag(sync=True)
    limit = traitlets.Int(MAX_BYTES).tag(sync=True)
    file = traitlets.Instance(ReceivedFile, allow_none=True, default_value=None)

    def __init__(self, say: Say, limit: int = MAX_BYTES) -> None:
        self._say = say
        self._folder = tempfile.TemporaryDirectory(prefix="workbench-")
        self._at = self._turn = 0
        super().__init__(
            label=say("File"),
            limit=limit,
            too_large=say("The file is too large: {limit:,} bytes are the limit.", limit=limit),
        )
        self.on_msg(self._arrived)

    def clear(self) -> None:
        """Forget the file, here and in the page."""
        self._forget()
        self._answer(0, "", again=True)

    def __repr__(self) -> str:
        return f"<{self.label}>"

    def _arrived(self, widget: object, message: Any, buffers: list[Any]) -> None:
        name, size, at = str(message["name"]), int(message["size"]), int(message["at"])
        if at == 0:
            self._turn = int(message["turn"])
            self._forget()
        if at != self._at:  # a part of a file that was given up
            return
        part = bytes(buffers[0])
        if max(size, at + len(part)) > self.limit:
            self._forget()
            self._answer(0, self.too_large, again=True)
            return
        try:
            with self._parts.open("ab") as file:
                file.write(part)
        except OSError as error:
            self._forget()
            told = self._say("The file cannot be received: {reason}", reason=error.strerror)
            self._answer(0, told, again=True)
            return
        received = self._at = at + len(part)
        if received >= size:
            self.file = ReceivedFile(name, self._parts)
            self._at = 0
        self._answer(received, self._state(received, size))

    @property
    def _parts(self) -> Path:
        return Path(self._folder.name) / "received"

    def _forget(self) -> None:
        self._parts.unlink(missing_ok=True)
        self._at, self.file = 0, None

    def _answer(self, received: int, text: str, *, again: bool = False) -> None:
        self.send({"received": received, "text": text, "again": again, "turn": self._turn})

    def _state(self, received: int, size: int) -> str:
        say = self._say
        if self.file is None:
            return say("{received:,} of {size:,} bytes", received=received, size=size)
        return say(
            "{size:,} bytes received · SHA-256 {sha256}", size=received, sha256=self.file.sha256
        )
