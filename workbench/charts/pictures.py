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

__all__ = ["draw_png", "has_chinese_font", "save_png"]

_WIDTH = 1000
_SECONDS = 60
