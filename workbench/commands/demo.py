"""The demo: the whole path on the sample shop, up to the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.commands.sample import build_sample
from workbench.commands.serve import serve
from workbench.errors import BadInput

__all__ = ["demo"]


def demo(
    case: Path | None = None,
    *,
    port: int = 8866,
    browser: bool = True,
    tell: Callable[[str], None] = lambda text: None,
) -> int:
    """Build the sample shop's case, screen it, and serve its dashboard until Ctrl-C.

    The case is kept when `case` names a folder for it, and removed at the end otherwise. `tell`
    hears what is being done. Gives the exit code.
    """
    if case is not None:
        if Path(case).exists() and any(Path(case).iterdir()):
            raise BadInput("The demo makes a new case, and this folder is not empty", str(case))
        return _run(Path(case), port=port, browser=browser, tell=tell)
    with TemporaryDirectory(prefix="workbench-demo-") as folder:
        tell("The case of this demo is removed when it ends; --case DIR keeps it.")
        return _run(Path(folder) / "case", port=port, browser=browser, tell=tell)


def _run(case: Path, *, port: int, browser: bool, tell: Callable[[str], None]) -> int:
    tell(f"Loading and screening the sample shop (everybody in it is invented) in {case} …")
    build_sample(case, progress=True)
    return serve(case, port=port, browser=browser, tell=tell)
