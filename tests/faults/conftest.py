"""Child processes that begin at once, because their server has imported their work beforehand."""

import multiprocessing
import os
import sys
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

import pytest


@pytest.fixture(scope="session")
def children() -> BaseContext:
    """Where child processes come from; `Process` and `Pipe` are as in `multiprocessing`."""
    if sys.platform == "win32":
        pytest.skip("Windows has no SIGKILL and no such server")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.killed_work", "tests.faults.cramped_work"])
    with pytest.MonkeyPatch.context() as patch:
        # Without the paths of this process its server finds nothing to import beforehand, says
        # nothing of it, and every child takes seconds to begin.
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        forkserver.ensure_running()
    return context
