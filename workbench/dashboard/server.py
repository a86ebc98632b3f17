"""The server of the merchant's page: Voilà on 127.0.0.1, with one notebook and nothing else."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from workbench.dashboard.server_folder import fill_server_folder
from workbench.dashboard.source import SNAPSHOT_VARIABLE
from workbench.errors import BadInput

__all__ = ["HOST", "DashboardServer", "free_port"]

HOST = "127.0.0.1"
_READY_SECONDS = 60
_STOP_SECONDS = 10


class DashboardServer:
    """Voilà serving one snapshot, from `with` to the end of it.

    Only the dashboard's notebook can be asked for; it is served from a temporary folder, and the
    address holds a random secret, so that neither another user of this computer nor a web page
    in the same browser can read it. `port` is a wish: if it is taken, another one is used.
    Raises BadInput when the server does not come up.
    """

    def __init__(self, snapshot: Path, port: int = 8866) -> None:
        self.port = free_port(port)
        self._token = secrets.token_urlsafe(16)
        self.snapshot = Path(snapshot).resolve()
        self._folder = TemporaryDirectory(prefix="workbench-serve-", ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The page's address, with its secret."""
        return f"http://{HOST}:{self.port}/?token={self._token}"

    @property
    def running(self) -> bool:
        """Whether the server is up."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> DashboardServer:
        try:
            self._start()
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server and its kernels, and remove the temporary folder. Safe to call twice."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._folder.cleanup()

    def log(self) -> str:
        """What the server has complained about, for whoever looks for the cause of a failure."""
        file = Path(self._folder.name) / "server.log"
        return file.read_text("utf-8", errors="replace") if file.is_file() else ""

    def wait(self) -> None:
        """Return when the server has ended by itself, which it should not."""
        while self.running:
            # In short steps: on Windows, a long wait does not hear Ctrl-C.
            time.sleep(0.2)

    def _start(self) -> None:
        folder = Path(self._folder.name)
        fill_server_folder(folder, HOST, self.port, self._token)
        environment = {
            **os.environ,
            SNAPSHOT_VARIABLE: str(self.snapshot),
            "JUPYTER_PATH": str(folder / "jupyter"),
            # Settings, start-up files and history of the user stay out of it, and clean.
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            "IPYTHONDIR": str(folder / "ipython"),
        }
        with (folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "workbench.dashboard.voila_child", str(folder)],
                cwd=folder / "served",
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                # Ctrl-C is for us: we end the server in order.
                start_new_session=True,
            )

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + _READY_SECONDS
        while time.monotonic() < end and self.running:
            if self._answers():
                return
            time.sleep(0.05)
        raise BadInput(
            "The dashboard's server did not start",
            f"{HOST}:{self.port}",
            self.log().strip()[-2000:] or "Try again, or another --port",
        )

    def _answers(self) -> bool:
        page = f"http://{HOST}:{self.port}/voila/static/dashboard.css"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(page, timeout=2) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as answer:
            answer.close()
            return False
        except OSError:
            return False


def free_port(wanted: int) -> int:
    """`wanted`, or the next port on 127.0.0.1 that nobody uses; raises BadInput for no port."""
    if not 0 < wanted < 65536:
        raise BadInput(f"There is no port {wanted}", "--port", "Give a number from 1 to 65535")
    for port in [*range(wanted, min(wanted + 20, 65536)), 0]:
        with socket.socket() as probe:
            if os.name == "posix":
                # As the server will bind it: a port just left by another server is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise BadInput("No port is free", HOST, "Close other servers, then try again")
