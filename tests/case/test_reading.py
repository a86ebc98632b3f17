"""The fast reading gives what `standing_events` gives, however undos undo each other."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import add_note, create_case, events, standing_events, undo
from workbench.case.reading import read_standing
from workbench.errors import BadInput


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 8), max_size=8))
def test_it_reads_what_stands(tmp_path_factory, targets):
    case = create_case(tmp_path_factory.mktemp("reading") / "case")
    add_note(case, "first", who="li")
    for seq in targets:
        try:
            undo(case, [seq], who="li", reason="r")
        except BadInput:
            add_note(case, f"not {seq}", who="li")
    assert read_standing(case.database.read()) == standing_events(case)
    assert read_standing(case.database.read(), ("note",)) == standing_events(case, "note")
    for at in events(case.database)["at"]:
        for until in (at, at - timedelta(microseconds=1)):
            own = read_standing(case.database.read(), until=until)
            assert own == standing_events(case, until=until)
