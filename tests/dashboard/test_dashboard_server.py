"""What Voilà is told, which ports it takes, and that it leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from invented_snapshot import nothing_found, written

from workbench.dashboard.server import HOST, free_port
from workbench.dashboard.server_folder import fill_server_folder
from workbench.errors import BadInput

SERVE = """
import signal
import sys
from workbench.commands.serve import serve_snapshot
# A shell starts what runs in its background deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
say = lambda text: print(text, flush=True)
sys.exit(serve_snapshot(sys.argv[1], port=int(sys.argv[2]), browser=False, tell=say))
"""


@pytest.fixture
def taken() -> socket.socket:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        yield listening


def test_a_taken_port_is_passed_over(taken):
    port = taken.getsockname()[1]
    assert free_port(port) != port


def test_a_free_port_is_taken_as_wished(taken):
    port = taken.getsockname()[1]
    taken.close()
    assert free_port(port) == port


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_no_port_is_bad_input(port):
    with pytest.raises(BadInput):
        free_port(port)


def test_the_folder_holds_the_notebook_our_template_and_nothing_of_a_case(tmp_path):
    fill_server_folder(tmp_path, HOST, 8866, "secret")
    assert [path.name for path in (tmp_path / "served").iterdir()] == ["merchant.ipynb"]
    settings = json.loads((tmp_path / "config" / "voila.json").read_text("utf-8"))
    assert settings["Voila"]["ip"] == "127.0.0.1"
    assert settings["Voila"]["token"] == "secret"
    assert settings["VoilaConfiguration"]["show_tracebacks"] is False
    assert settings["VoilaConfiguration"]["allow_template_override"] == "NO"
    policy = settings["Voila"]["tornado_settings"]["headers"]["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    static = tmp_path / "jupyter" / "voila" / "templates" / "workbench" / "static"
    assert (static / "plotly.min.js").stat().st_size > 1_000_000


def test_no_file_of_the_template_names_another_host():
    template = Path(__file__).parents[2] / "workbench" / "dashboard" / "template"
    files = [path for path in template.rglob("*") if path.is_file()]
    assert len(files) > 6
    assert [path.name for path in files if "://" in path.read_text("utf-8")] == []


def ends(watched: socket.socket) -> bool:
    """Whether the server closes its end: with a word, or without one if it never said hello."""
    try:
        return watched.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_however_it_ends_no_server_stays_behind(tmp_path, taken, ending):
    snapshot = written(nothing_found(), tmp_path / "snapshot.json")
    port = taken.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(snapshot), str(port)]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path
    ) as process:
        told = iter(process.stdout.readline, "")
        assert f"Port {port} is taken" in next(told)
        address = next(line for line in told if "http://" in line).split()[-1]
        host, other = address.removeprefix("http://").split("/")[0].split(":")
        assert (host, other != str(port)) == (HOST, True)
        with socket.create_connection((host, int(other)), timeout=5) as watched:
            process.send_signal(getattr(signal, ending))
            watched.settimeout(30)
            assert ends(watched)
        code = process.wait(30)
    assert code == (-signal.SIGKILL if ending == "SIGKILL" else 0)
    if ending != "SIGKILL":
        assert list(tmp_path.glob("workbench-serve-*")) == []
