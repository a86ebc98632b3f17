from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.case import create_case, default_case, open_case
from workbench.case.postgres_store import PostgresStore
from workbench.errors import BadInput


def test_a_case_opens_as_it_was_made(tmp_path):
    made = create_case(
        tmp_path / "new" / "case",
        shop='店 "一"',
        platform="taobao",
        zone="America/New_York",
        language="en",
        currency="USD",
        as_of=datetime(2026, 1, 9, 9, 30),
    )
    assert open_case(made.path) == made
    assert made.now() == datetime(2026, 1, 9, 9, 30)


def test_its_parts_lie_inside_it(tmp_path):
    case = create_case(tmp_path / "case")
    parts = [
        case.tables_dir,
        case.sources_dir,
        case.results_dir,
        case.evidence_dir,
        case.exports_dir,
        case.published_dir,
        case.database.path,
    ]
    assert [part.name for part in parts] == [
        "tables",
        "sources",
        "results",
        "evidence",
        "exports",
        "published",
        "case.db",
    ]
    assert {part.parent for part in parts} == {case.path}


def test_its_events_may_lie_in_a_database_of_a_firm(tmp_path):
    url = "postgresql://li@db.example/cases"
    made = create_case(tmp_path / "case", events_url=url)
    again = open_case(made.path)
    assert again.database == PostgresStore(url, made.id)
    assert len(made.id) == 16
    assert made.id != create_case(tmp_path / "other", events_url=url).id


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://db.example/cases", "names no PostgreSQL database"),
        ("case.db", "names no PostgreSQL database"),
        ("postgresql://li:secret@db.example/cases", "A password stands in the case file"),
    ],
)
def test_a_database_that_cannot_be_meant_speaks(tmp_path, url, says):
    with pytest.raises(BadInput, match=says) as refused:
        create_case(tmp_path / "case", events_url=url)
    assert "secret" not in str(refused.value)
    assert not (tmp_path / "case").exists()


def test_now_is_the_shop_s_local_time(tmp_path):
    case = create_case(tmp_path / "case", zone="Pacific/Kiritimati")
    now = case.now()
    there = datetime.now(ZoneInfo("Pacific/Kiritimati")).replace(tzinfo=None)
    assert now.tzinfo is None
    assert 0 <= (there - now).total_seconds() < 60


@settings(max_examples=30, deadline=None)
@given(shop=st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_name_of_a_shop_comes_back(tmp_path_factory, shop):
    made = create_case(tmp_path_factory.mktemp("any") / "case", shop=shop)
    assert open_case(made.path).shop == shop


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(BadInput, match="not empty"):
        create_case(tmp_path)
    with pytest.raises(BadInput, match="not empty"):
        create_case(tmp_path / "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_all_that_is_wrong_is_said_at_once_and_nothing_made(tmp_path):
    with pytest.raises(BadInput) as error:
        create_case(tmp_path / "case", zone="Mars/Base", language="fr")
    assert [problem.what for problem in error.value.problems] == [
        "Unknown time zone 'Mars/Base'",
        "Unknown language 'fr'",
    ]
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("zone", ["", "../../etc/passwd", "/etc/localtime", "A\0"])
def test_a_zone_is_a_name_and_no_path(tmp_path, zone):
    with pytest.raises(BadInput, match="time zone"):
        create_case(tmp_path / "case", zone=zone)


def test_no_case_is_told_from_no_folder(tmp_path):
    with pytest.raises(BadInput, match="not a case folder"):
        open_case(tmp_path)
    with pytest.raises(BadInput, match="no such case folder"):
        open_case(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"shop = ", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"", "time zone"),
        (b'zone = "UTC"\nlanguage = "zh"\nas_of = "soon"', "as_of"),
        (b'zone = "UTC"\nlanguage = "zh"\nas_of = 2026-01-09', "as_of"),
        (b'zone = "UTC"\nlanguage = "zh"\nas_of = 2026-01-09T09:00:00Z', "as_of"),
    ],
)
def test_a_broken_case_file_speaks(tmp_path, content, says):
    (tmp_path / "case.toml").write_bytes(content)
    with pytest.raises(BadInput, match=says):
        open_case(tmp_path)


def test_a_case_is_held_by_one_at_a_time(tmp_path):
    case = create_case(tmp_path / "case")
    with (
        case.lock(),
        pytest.raises(BadInput, match="Another process"),
        open_case(case.path).lock(),
    ):
        pass
    with case.lock():
        pass


def test_the_lock_is_given_back_after_an_error(tmp_path):
    case = create_case(tmp_path / "case")
    with pytest.raises(KeyError), case.lock():
        raise KeyError
    with case.lock():
        pass


def test_the_default_case_is_named_or_the_one_around_here(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBENCH_CASE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert default_case() is None
    case = create_case(tmp_path / "case")
    (case.path / "notebooks" / "own").mkdir(parents=True)
    for folder in (case.path, case.path / "notebooks", case.path / "notebooks" / "own"):
        monkeypatch.chdir(folder)
        assert default_case() == case.path
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path / "other"))
    assert default_case() == tmp_path / "other"
    monkeypatch.setenv("WORKBENCH_CASE", " ")
    assert default_case() == case.path
