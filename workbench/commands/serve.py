"""Serve the merchant's dashboard."""

from __future__ import annotations

import signal
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from workbench.commands.publish import publish
from workbench.dashboard.server import DashboardServer
from workbench.errors import BadInput

__all__ = ["serve", "serve_snapshot"]

# Closing the terminal or ending the program must end the server as Ctrl-C does.
_ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")


def serve(
    case: Path,
    *,
    port: int = 8866,
    browser: bool = True,
    tell: Callable[[str], None] = lambda text: None,
) -> int:
    """Publish the case anew and serve its dashboard on 127.0.0.1 until Ctrl-C.

    `port` is a wish: a taken one is told and another used. `tell` hears what is being done.
    Gives the exit code; raises BadInput when the case was not screened or no server comes up.
    """
    tell("Publishing the masked snapshot …")
    return serve_snapshot(publish(case), port=port, browser=browser, tell=tell)


def serve_snapshot(
    snapshot: Path,
    *,
    port: int = 8866,
    browser: bool = True,
    tell: Callable[[str], None] = lambda text: None,
) -> int:
    """Serve the dashboard of a snapshot that was published before, until Ctrl-C."""
    server = DashboardServer(snapshot, port)
    if server.port != port:
        tell(f"Port {port} is taken; using {server.port}.")
    tell("Starting the dashboard's server …")
    with _endings_interrupt():
        try:
            with server:
                tell(f"The dashboard is at {server.address}")
                tell("It can be reached from this computer only. Ctrl-C ends it.")
                if browser and not webbrowser.open(server.address):
                    tell("No browser was found: open the address yourself.")
                server.wait()
                complaints = server.log().strip()[-2000:]
        except KeyboardInterrupt:
            tell("Stopped; no process is left behind.")
            return 0
    raise BadInput("The dashboard's server ended by itself", "", complaints or "Start it again")


@contextmanager
def _endings_interrupt() -> Iterator[None]:
    """Within it, being told to end is as good as Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {number: signal.signal(number, _interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
