"""Tables in a notebook turn nothing round, and stay what they are."""

import pandas as pd
from IPython.core.interactiveshell import InteractiveShell

from workbench.widgets import frames


def test_a_frame_is_shown_inert_in_a_notebook(monkeypatch):
    shell = InteractiveShell()
    monkeypatch.setattr("builtins.get_ipython", lambda: shell, raising=False)
    frames.show_frames_inert()
    frame = pd.DataFrame({"who": ["fdp.\u202eexe", "<b>"]})
    shown, _ = shell.display_formatter.format(frame)
    assert "<td>fdp.�exe</td>" in shown["text/html"]
    assert "<td>&lt;b&gt;</td>" in shown["text/html"]
    assert frame["who"][0] == "fdp.\u202eexe"


def test_outside_of_a_notebook_nothing_changes(monkeypatch):
    monkeypatch.delattr("builtins.get_ipython", raising=False)
    frames.show_frames_inert()
