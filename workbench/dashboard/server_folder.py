"""The folder that Voilà runs from: the notebook, our template, settings, and nothing of a case."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbench.resources import notebooks_dir

__all__ = ["TEMPLATE", "fill_server_folder", "security_headers"]

TEMPLATE = "workbench"
_TEMPLATE_DIR = Path(__file__).resolve().parent / "template"


def fill_server_folder(folder: Path, host: str, port: int, token: str) -> None:
    """Put all that Voilà needs into the empty `folder`."""
    served = folder / "served"
    served.mkdir()
    shutil.copyfile(notebooks_dir() / "dashboards" / "merchant.ipynb", served / "merchant.ipynb")
    template = folder / "jupyter" / "voila" / "templates" / TEMPLATE
    shutil.copytree(_TEMPLATE_DIR, template)
    # plotly.js comes from the installed plotly, once per page and from this host.
    bundle = Path(str(files("plotly"))) / "package_data" / "plotly.min.js"
    shutil.copyfile(bundle, template / "static" / "plotly.min.js")
    _write(folder / "jupyter" / "kernels" / "python3" / "kernel.json", _kernel())
    _write(folder / "config" / "voila.json", _settings(folder, host, port, token))
    (folder / "runtime").mkdir()


def _kernel() -> dict[str, Any]:
    # A user may have a kernel "python3" of another Python; the page needs this one.
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return {"argv": argv, "display_name": "Python 3", "language": "python"}


def _settings(folder: Path, host: str, port: int, token: str) -> dict[str, Any]:
    return {
        "Voila": {
            "ip": host,
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "token": token,
            "log_level": "ERROR",
            "notebook_path": str(folder / "served" / "merchant.ipynb"),
            "root_dir": str(folder / "served"),
            "connection_dir_root": str(folder / "runtime"),
            "tornado_settings": {"headers": security_headers()},
        },
        "VoilaConfiguration": {
            "template": TEMPLATE,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "show_tracebacks": False,
            "strip_sources": True,
            "file_allowlist": [],
            "extension_allowlist": ["none"],
        },
        # Once a page is put together, nothing asks for its kernel any more.
        "MappingKernelManager": {
            "cull_idle_timeout": 30,
            "cull_interval": 10,
            "cull_connected": True,
        },
    }


def security_headers() -> dict[str, str]:
    """Headers by which the browser itself keeps the page to this host and to our scripts."""
    return {
        "Content-Security-Policy": "; ".join(
            (
                "default-src 'self'",
                # Also allowed: the one line with which Voilà says that it is still at work.
                "script-src 'self' 'sha256-m16tKAZfrqdfaIlK4k9Uc4bmwJm0z0f+0b2ahSGv/Ko='",
                # plotly.js writes its styles into the page.
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            )
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _write(file: Path, data: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data), "utf-8")
