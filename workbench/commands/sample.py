"""The sample shop as a case, for the demo, the notebooks and their tests."""

from __future__ import annotations

import atexit
import hashlib
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock
from platformdirs import user_cache_path

from workbench import __version__
from workbench.case import Case, create_case, default_case, open_case
from workbench.case.mask import KEY_FILE
from workbench.commands.load import load
from workbench.commands.screen import screen
from workbench.resources import samples_dir

__all__ = ["build_sample", "sample_case", "sample_files"]

# A moment inside the appeal window of the sample's notice, so that it tells one story on any day.
AS_OF = datetime(2026, 1, 5, 9, 0)

# The sample as earlier versions of the package found it: one may still be in use beside this one.
_EARLIER = 2


def sample_files() -> list[Path]:
    """The files of the sample shop, as a merchant would hand them over."""
    return sorted(
        path for path in (samples_dir() / "shop").glob("*.csv") if path.name != "truth.csv"
    )


def build_sample(path: Path, *, progress: bool = False) -> Case:
    """Make a case of the sample shop at `path`, loaded and screened."""
    create_case(path, shop="样例小店 (sample shop)", platform="taobao", as_of=AS_OF)
    # Nobody in the sample is real: a known key gives the same aliases on every machine.
    (path / KEY_FILE).write_bytes(hashlib.sha256(b"sample shop").digest())
    load(sample_files(), path, progress=progress)
    screen(path, progress=progress)
    return open_case(path)


def sample_case() -> Case:
    """The case a notebook works on, opened.

    It is the case that the environment variable WORKBENCH_CASE names or that the notebook lies
    in; without one, a scratch copy of the sample shop's case, new for each kernel, so that
    trying things out changes nothing for the next reader. It is removed when the kernel ends.
    """
    path = default_case()
    if path is not None:
        return open_case(path)
    return open_case(_scratch_copy(_kept_sample()))


def _scratch_copy(kept: Path) -> Path:
    folder = Path(mkdtemp(prefix="workbench-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(kept, folder / "case", ignore=shutil.ignore_patterns(".lock"))
    return folder / "case"


def _kept_sample() -> Path:
    """The sample's case in the user's cache, built once per version of sample and package."""
    cache = user_cache_path("order-workbench", appauthor=False, ensure_exists=True)
    kept = cache / f"sample-{_fingerprint()}"
    with FileLock(cache / "sample.lock"):
        if not kept.is_dir():
            waiting = Path(mkdtemp(prefix=".sample-", dir=cache))
            try:
                build_sample(waiting / "case")
                (waiting / "case").rename(kept)
            finally:
                shutil.rmtree(waiting, ignore_errors=True)
            _forget_earlier(cache, kept)
    return kept


def _forget_earlier(cache: Path, kept: Path) -> None:
    earlier = [path for path in cache.glob("sample-*") if path.is_dir() and path != kept]
    earlier.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in earlier[_EARLIER:]:
        shutil.rmtree(path, ignore_errors=True)


def _fingerprint() -> str:
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    # The code counts too: a kept case must never show what an older rule found.
    rules = sorted(p for p in package.rglob("*") if p.suffix in {".py", ".toml", ".po"})
    for path in [*sample_files(), *rules]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
