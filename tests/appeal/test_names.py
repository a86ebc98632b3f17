import unicodedata
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.appeal.names import MAX_CHARACTERS, is_safe_path, safe_name


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("底单 2025.pdf", "底单_2025.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        ("nul.txt", "file_nul.txt"),
        ("COM1", "file_COM1"),
        ("...", "file"),
        ("a<b>|c?.png", "a_b_c_.png".replace("_.", ".")),
        ("x\u202egnp.exe", "x_gnp.exe"),
        ("a\nb.csv", "a_b.csv"),
    ],
)
def test_hostile_names(given: str, safe: str):
    assert safe_name(given) == safe


def test_the_ending_stays_when_a_name_is_cut():
    assert safe_name("长" * 300 + ".xlsx") == "长" * (MAX_CHARACTERS - 5) + ".xlsx"


@given(st.text(max_size=300))
def test_every_name_becomes_one_that_every_system_can_hold(name: str):
    safe = safe_name(name)
    assert 0 < len(safe) <= MAX_CHARACTERS
    assert safe_name(safe) == safe
    assert is_safe_path(f"data/{safe}")
    assert unicodedata.is_normalized("NFC", safe)
    assert not PureWindowsPath(safe).is_reserved()
    assert safe == safe.strip(" .")
    assert not set(safe) & set('/\\:*?"<>|%')
    assert all(unicodedata.category(sign)[0] != "C" for sign in safe)


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "a\\b", "", "a/%41", "a/b."])
def test_paths_that_are_not_safe(path: str):
    assert not is_safe_path(path)
