"""Voilà as a child process that lives as long as its standard input is open.

    python -m workbench.dashboard.voila_child FOLDER

However the parent ends, also when it is killed, the pipe closes, and Voilà ends with its kernels
and removes its temporary folder: the same on every operating system, and nothing stays behind.
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

from tornado.ioloop import IOLoop
from voila.app import Voila  # type: ignore[import-untyped]

__all__ = ["main"]


def main(folder: Path) -> None:
    """Run Voilà with the settings in `folder`/config/voila.json and with those of nobody else."""
    server = Voila(config_file_paths=[str(folder / "config")])
    server.initialize([])
    parent_is_gone = threading.Event()
    watching = (IOLoop.current(), parent_is_gone)
    threading.Thread(target=_stop_with_parent, args=watching, daemon=True).start()
    server.start()
    if parent_is_gone.is_set():
        shutil.rmtree(folder, ignore_errors=True)


def _stop_with_parent(loop: IOLoop, parent_is_gone: threading.Event) -> None:
    sys.stdin.buffer.read()
    parent_is_gone.set()
    loop.add_callback(loop.stop)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
