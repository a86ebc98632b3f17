import hashlib
import json
import secrets
from datetime import date, datetime

import pytest
from postgres_here import postgres_url

from workbench.case import (
    Masker,
    append,
    attach,
    create_case,
    decide,
    decisions,
    events,
    verify_chain,
)
from workbench.case.evidence import supersede
from workbench.case.purge import (
    finish_purges,
    purge,
    retention,
    set_retention,
    to_purge,
)
from workbench.errors import BadInput

PHONE = "13912345678"


@pytest.fixture(params=["sqlite", "postgres"])
def case(request, tmp_path):
    url = postgres_url() if request.param == "postgres" else ""
    made = create_case(tmp_path / secrets.token_hex(4), events_url=url, as_of=AS_OF)
    for folder, name in (("sources", "ab"), ("tables/orders", "ab.parquet"), ("results", "o")):
        (made.path / folder).mkdir(parents=True)
        (made.path / folder / name).write_text(f"张三 {PHONE}", "utf-8")
    Masker.for_case(made)
    attach(made, b"slip", "slip.png", subject="order", subject_id="1", who="li")
    attach(made, b"both", "both.png", subject="order", subject_id="1", who="li")
    attach(made, b"both", "both.png", subject="order", subject_id="2", who="li")
    decide(
        made,
        subject="order",
        subject_id="1",
        decision="defend",
        reason=f"张三 says so, {PHONE}",
        who="li",
    )
    return made


AS_OF = datetime(2026, 1, 9, 9, 30)


def kept(case):
    return sorted(
        path.relative_to(case.path).as_posix()
        for path in case.path.rglob("*")
        if path.is_file() and not path.name.startswith("case.db-")
    )


def test_a_purge_takes_what_names_people_and_leaves_the_chain(case):
    before = events(case.database)
    done = purge(case, reason="the case is closed", who="wang")
    assert verify_chain(case.database) == []
    assert [path for path in kept(case) if path != "case.db"] == ["case.toml", "results/o"]
    after = events(case.database)
    assert after["hash"].tolist()[: len(before)] == before["hash"].tolist()
    assert PHONE not in "".join(after["body"])
    assert "slip.png" not in "".join(after["body"])
    assert after["salt"].tolist() == ["", "", "", "", after["salt"].iloc[-1]]
    assert done.events == (1, 2, 3, 4)
    assert dict(done.files)["tables/orders/ab.parquet"] == len(f"张三 {PHONE}".encode())


def test_what_was_decided_stays_readable_without_its_words(case):
    purge(case, reason="closed", who="wang")
    (row,) = decisions(case).to_dict("records")
    assert (row["subject_id"], row["decision"], row["reason"]) == ("1", "defend", "▒")


def test_the_event_says_what_was_purged_by_whom_and_why(case):
    purge(case, reason="closed", who="wang")
    last = events(case.database).iloc[-1]
    body = json.loads(last["body"])
    assert (last["who"], last["kind"], body["reason"]) == ("wang", "purge", "closed")
    named = {one["path"]: one["sha256"] for one in body["files"]}
    assert len(named) == 5
    assert named[f"evidence/{sha_of(b'slip')}"] == sha_of(b"slip")
    assert {"mask.key", "sources/ab", "tables/orders/ab.parquet"} < set(named)
    assert named["sources/ab"] == sha_of(f"张三 {PHONE}".encode())


def test_nothing_of_it_is_left_in_the_bytes_of_the_file(tmp_path):
    made = create_case(tmp_path / "case")
    body = {"text": f"call {PHONE}"}
    append(made.database, who="li", kind="note", subject_kind="case", body=body)
    purge(made, reason="closed", who="li")
    for file in made.path.iterdir():
        assert PHONE.encode() not in file.read_bytes(), file.name


def test_one_buyer_s_data_can_go_alone(case):
    planned = to_purge(case, ["1"])
    done = purge(case, reason="the buyer took consent back", who="wang", order_ids=["1"])
    assert done == planned
    assert done.events == (1, 2, 4)
    assert len(done.files) == 1
    assert (case.sources_dir / "ab").exists()
    assert [path.name[:4] for path in case.evidence_dir.iterdir()] == [sha_of(b"both")[:4]]
    assert verify_chain(case.database) == []


def sha_of(content):
    return hashlib.sha256(content).hexdigest()


def test_a_file_that_took_another_s_place_stays_with_all_that_one_spoke_for(case):
    sharp = attach(case, b"sharp", "sharp.png", subject="order", subject_id="1", who="li").sha256
    assert f"evidence/{sharp}" in dict(to_purge(case, ["1"]).files)
    supersede(case, sha_of(b"both"), sharp, reason="sharper", who="li")
    assert f"evidence/{sharp}" not in dict(to_purge(case, ["1"]).files)
    assert f"evidence/{sharp}" in dict(to_purge(case, ["1", "2"]).files)


def test_to_purge_changes_nothing(case):
    before = kept(case), events(case.database)["hash"].tolist()
    assert to_purge(case).events == (1, 2, 3, 4)
    assert (kept(case), events(case.database)["hash"].tolist()) == before


def test_a_purge_that_was_cut_short_is_finished(case, monkeypatch):
    import workbench.case.purge as module

    monkeypatch.setattr(module, "finish_purges", lambda case: None)
    purge(case, reason="closed", who="wang")
    assert (case.sources_dir / "ab").exists()
    assert verify_chain(case.database) == []
    finish_purges(case)
    assert not case.sources_dir.exists() or not any(case.sources_dir.iterdir())
    assert PHONE not in "".join(events(case.database)["body"])
    assert verify_chain(case.database) == []


def test_a_file_that_came_later_stays(case):
    purge(case, reason="closed", who="wang")
    case.sources_dir.mkdir(exist_ok=True)
    (case.sources_dir / "ab").write_text("another shop")
    finish_purges(case)
    assert (case.sources_dir / "ab").read_text() == "another shop"


def test_a_purge_needs_a_reason_and_a_name_and_something_to_take(case, tmp_path):
    with pytest.raises(BadInput) as refused:
        purge(case, reason=" ", who=" ")
    assert len(refused.value.problems) == 2
    assert (case.sources_dir / "ab").exists()
    with pytest.raises(BadInput, match="nothing to purge"):
        purge(create_case(tmp_path / "empty"), reason="closed", who="wang")


def test_a_path_outside_the_case_is_never_removed(case, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    named = [{"path": f"../{outside.name}", "sha256": sha_of(b"mine")}]
    body = {"reason": "r", "events": [], "files": named}
    append(case.database, who="x", kind="purge", subject_kind="case", body=body)
    finish_purges(case)
    assert outside.read_text() == "mine"


def test_retention_tells_how_many_days_are_left(case):
    assert retention(case) is None
    set_retention(case, date(2026, 12, 31), reason="until the limitation ends", who="li")
    set_retention(case, date(2026, 1, 12), reason="the appeal is over then", who="li")
    told = retention(case)
    assert (told.until, told.days_left, told.who) == (date(2026, 1, 12), 3, "li")
    assert retention(case, datetime(2026, 1, 13, 0, 1)).days_left == -1
