"""Voilà as a child process that lives as long as its standard input is open.

    python -m workbench.dashboard.voila_child CONFIG_FOLDER

However the parent ends, also when it is killed, the pipe closes, and Voilà ends with its kernels:
the same on every operating system, and no process stays behind.
"""

from __future__ import annotations

import sys
import threading

from tornado.ioloop import IOLoop
from voila.app import Voila  # type: ignore[import-untyped]

__all__ = ["main"]


def main(folder: str) -> None:
    """Run Voilà with the settings in `folder`/voila.json and with those of nobody else."""
    server = Voila(config_file_paths=[folder])
    server.initialize([])
    loop = IOLoop.current()
    threading.Thread(target=_stop_with_parent, args=(loop,), daemon=True).start()
    server.start()


def _stop_with_parent(loop: IOLoop) -> None:
    sys.stdin.buffer.read()
    loop.add_callback(loop.stop)


if __name__ == "__main__":
    main(sys.argv[1])
