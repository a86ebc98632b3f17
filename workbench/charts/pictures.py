"""Figures as PNG, drawn by the Chromium or Chrome of this machine; nothing is fetched."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plotly.graph_objects as go
from choreographer.browsers.chromium import ChromeNotFoundError
from kaleido import Kaleido

from workbench.errors import BadInput
from workbench.language import words

__all__ = ["draw_png", "has_chinese_font", "save_png"]

_WIDTH, _SCALE = 1000, 2
_SECONDS = 60
# Chromium asks its maker for this and that by itself; through a proxy that is not there it cannot.
_NOWHERE = "http://127.0.0.1:9"


def draw_png(figures: Mapping[str, go.Figure], language: str = "zh") -> dict[str, bytes]:
    """Each figure as the bytes of a PNG, 1,000 points wide; one browser draws them all.

    Raises BadInput with one line in `language` when this machine has no Chromium or Chrome, or
    the one it has does not draw. Works inside a notebook, where an event loop runs already.
    """
    say = words("charts", language)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, _drawn(figures)).result()
    except ChromeNotFoundError:
        raise BadInput(
            say("No Chromium or Chrome on this machine: figures are given as HTML, not as PNG")
        ) from None
    except (RuntimeError, OSError, TimeoutError) as error:
        raise BadInput(
            say(
                "Chromium could not draw ({error}): figures are given as HTML, not as PNG",
                error=type(error).__name__,
            )
        ) from None


def save_png(figure: go.Figure, path: Path, language: str = "zh") -> Path:
    """Draw one figure into the file `path` and give the path back; raises as `draw_png` does."""
    path.write_bytes(draw_png({"figure": figure}, language)["figure"])
    return path


def has_chinese_font() -> bool | None:
    """Whether this machine has a font with Chinese glyphs; None where that cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    asked = subprocess.run(  # noqa: S603
        [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=20, check=False
    )
    return bool(asked.stdout.strip())


async def _drawn(figures: Mapping[str, go.Figure]) -> dict[str, bytes]:
    # MathJax would come from another host; no figure of ours has a formula.
    async with asyncio.timeout(_SECONDS + 10 * len(figures)):
        async with Kaleido(n=1, timeout=_SECONDS, mathjax=False, proxy_server=_NOWHERE) as browser:
            return {
                name: await browser.calc_fig(
                    figure,
                    opts={
                        "format": "png",
                        "width": _WIDTH,
                        "height": figure.layout.height or 460,
                        "scale": _SCALE,
                    },
                )
                for name, figure in figures.items()
            }
