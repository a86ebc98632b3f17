import pytest

from workbench.case.kinds import KINDS, body_problems

SHA = "ab" * 32
RIGHT = {
    "decision": {
        "decision": "hold",
        "reason": "waiting",
        "evidence": [SHA],
        "order_ids": ["1"],
    },
    "submission": {
        "attempt": 1,
        "sent_at": "2026-01-09T09:30:00",
        "channel": "back office",
        "reference": "",
        "pack": "",
        "seal": "",
    },
    "retention": {"until": "2027-01-31", "reason": "three years"},
    "export": {"name": "a.zip", "sha256": SHA, "seal": "", "masked": True, "final": False},
    "purge": {"reason": "done", "events": [SHA], "files": [{"path": "a"}]},
}
SUBJECT = {"decision": "order"}


def problems(kind, **changed):
    body = {**RIGHT[kind], **changed}
    return [problem.what for problem in body_problems(kind, SUBJECT.get(kind, "case"), body)]


@pytest.mark.parametrize("kind", RIGHT)
def test_what_is_right_passes(kind):
    assert problems(kind) == []


@pytest.mark.parametrize(
    ("kind", "field", "value", "says"),
    [
        ("decision", "decision", "maybe", "one of defend, concede, hold"),
        ("decision", "reason", " ", "a text that is not empty"),
        ("decision", "evidence", ["AB" * 32], "64 hexadecimal digits"),
        ("decision", "evidence", SHA, "a list of"),
        ("decision", "order_ids", [""], "a list of texts"),
        ("submission", "attempt", -1, "a whole number"),
        ("submission", "attempt", True, "a whole number"),
        ("submission", "attempt", 1.0, "a whole number"),
        ("submission", "sent_at", "yesterday", "a time such as"),
        ("retention", "until", "2027-02-30", "a day such as"),
        ("export", "masked", "yes", "true or false"),
        ("purge", "files", ["a"], "a list of objects"),
    ],
)
def test_each_type_refuses_what_it_is_not(kind, field, value, says):
    (told,) = problems(kind, **{field: value})
    assert told.startswith(f"{field} of a {kind} must be")
    assert says in told


def test_a_field_may_be_left_out_only_where_it_says_so():
    assert problems("decision", batch="b-1") == []
    without = {name: value for name, value in RIGHT["decision"].items() if name != "reason"}
    (told,) = body_problems("decision", "order", without)
    assert told.what == "A decision needs reason"


def test_a_subject_must_be_one_of_its_kind():
    (told,) = body_problems("decision", "case", RIGHT["decision"])
    assert told.what == "A decision is of order, group, not of 'case'"


def test_every_kind_says_what_it_records_and_names_only_its_own_fields_as_personal():
    assert len(KINDS) > 20
    for name, kind in KINDS.items():
        assert kind.says.endswith("."), name
        assert set(kind.subjects) <= {"order", "group", "case"}, name
        assert set(kind.personal) <= set(kind.fields), name


@pytest.mark.parametrize("kind", ["decision", "note", "statement", "answer", "evidence_added"])
def test_free_texts_of_people_are_personal(kind):
    assert KINDS[kind].personal
