import shutil
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from workbench.case import Case, attach, create_case, decide, open_case
from workbench.case.submissions import reply, submit
from workbench.load import load_files
from workbench.notice import record_notice
from workbench.notice.board import (
    BOARD_COLUMNS,
    STATES,
    board_data,
    find_cases,
    is_urgent,
)
from workbench.notice.board_told import board_lines, board_table, next_step, state_text

NOW = datetime(2026, 1, 7, 12)
ORDERS = """order_id,created_at,status,paid_amount
1001,2025-12-01 10:00:00,completed,10.00
1002,2025-12-01 11:00:00,completed,10.00
1003,2025-12-02 11:00:00,completed,10.00
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    case = create_case(folder / "case", shop="店", platform="taobao", as_of=NOW)
    (folder / "orders.csv").write_text(ORDERS, "utf-8")
    load_files(
        [folder / "orders.csv"],
        tables_dir=case.tables_dir,
        sources_dir=case.sources_dir,
        zone=case.zone,
        currency=case.currency,
    )
    return case.path


@pytest.fixture
def case(template: Path, tmp_path: Path) -> Case:
    shutil.copytree(template, tmp_path / "firm" / "a")
    return open_case(tmp_path / "firm" / "a")


def tell(case: Case, deadline: datetime | None, **more: object) -> None:
    fields = {
        "notice_id": "N-1", "issued_at": datetime(2026, 1, 2), "appeal_deadline": deadline,
        "attempts_allowed": 1, "attempts_used": 0, "order_ids": ("1001", "1002", "9999"),
    } | more  # fmt: skip
    record_notice(case, fields, who="Li")


def row(case: Case) -> pd.Series:
    frame = board_data([case])
    assert len(frame) == 1
    assert list(frame.columns) == BOARD_COLUMNS
    return frame.iloc[0]


def prove(case: Case, order: str) -> None:
    """Two independent sources, one of them neutral."""
    for system, content in (("carrier", b"scan"), ("supplier", b"invoice")):
        attach(
            case,
            content + order.encode(),
            "f.pdf",
            subject="order",
            subject_id=order,
            system=system,
            who="Li",
        )


def test_without_a_notice_nothing_is_counted(case: Case):
    told = row(case)
    assert (told.state, told.shop, told["case"]) == ("no_notice", "店", "a")
    assert told[["named", "missing", "days_left", "attempts_left"]].isna().all()


@pytest.mark.parametrize(
    ("deadline", "days", "state"),
    [
        (datetime(2026, 1, 20), 12, "collect"),
        (datetime(2026, 1, 11, 11, 59), 3, "urgent"),
        (datetime(2026, 1, 11, 12), 4, "collect"),
        (datetime(2026, 1, 7, 18), 0, "urgent"),
        (datetime(2026, 1, 7, 11), -1, "past"),
    ],
)
def test_days_left_choose_the_state(case: Case, deadline: datetime, days: int, state: str):
    tell(case, deadline)
    told = row(case)
    assert (told.days_left, told.state, told.deadline) == (days, state, deadline)
    assert (told.named, told.not_found, told.decided, told.missing) == (3, 1, 0, 3)
    assert told.attempts_left == 1
    assert is_urgent(board_data([case])) == (state == "urgent")


def test_an_unknown_deadline_is_not_taken_for_a_far_one(case: Case):
    tell(case, None)
    told = row(case)
    assert told.state == "unknown_deadline"
    assert pd.isna(told.days_left)
    assert pd.isna(told.deadline)


def test_orders_conceded_and_proved_lack_nothing(case: Case):
    tell(case, datetime(2026, 1, 20), order_ids=("1001", "1002"))
    decide(case, subject="order", subject_id="1001", decision="concede", reason="r", who="Li")
    told = row(case)
    assert (told.decided, told.conceded, told.defended, told.missing) == (1, 1, 0, 1)
    prove(case, "1002")
    assert (row(case).missing, row(case).state) == (0, "decide")
    decide(case, subject="order", subject_id="1002", decision="defend", reason="r", who="Li")
    assert (row(case).defended, row(case).state) == (1, "send")


def test_where_all_is_conceded_nothing_is_left_to_send(case: Case):
    tell(case, datetime(2026, 1, 8), order_ids=("1001",))
    decide(case, subject="order", subject_id="1001", decision="concede", reason="r", who="Li")
    assert (row(case).state, row(case).missing) == ("conceded", 0)


def test_a_near_deadline_without_named_orders_is_urgent_and_nothing_is_zero(case: Case):
    tell(case, datetime(2026, 1, 8), order_ids=())
    told = row(case)
    assert told.state == "urgent"
    assert pd.isna(told.missing)
    assert next_step(told, "en") == "Ask the platform which orders it means"


def test_appeals_change_the_state(case: Case):
    tell(case, datetime(2026, 1, 20), attempts_allowed=2)
    sent = datetime(2026, 1, 5, 8, tzinfo=UTC)
    submit(case, attempt=1, sent_at=sent, channel="web", who="Li")
    assert (row(case).state, row(case).attempts_left) == ("waiting", 1)
    reply(case, attempt=1, result="rejected", replied_at=datetime(2026, 1, 6, tzinfo=UTC), who="L")
    assert row(case).state == "collect"
    submit(case, attempt=2, sent_at=datetime(2026, 1, 6, 8, tzinfo=UTC), channel="web", who="Li")
    reply(case, attempt=2, result="accepted", replied_at=datetime(2026, 1, 7, tzinfo=UTC), who="L")
    assert row(case).state == "settled"


def test_an_appeal_against_an_older_notice_settles_no_newer_one(case: Case):
    submit(case, attempt=1, sent_at=datetime(2025, 12, 5), channel="web", who="Li")
    reply(case, attempt=1, result="accepted", replied_at=datetime(2025, 12, 6), who="Li")
    tell(case, datetime(2026, 1, 20), attempts_allowed=3)
    assert row(case).state == "collect"


def test_no_attempt_left(case: Case):
    tell(case, datetime(2026, 1, 20), attempts_used=1)
    assert (row(case).state, row(case).attempts_left) == ("exhausted", 0)


def test_a_case_that_cannot_be_opened_is_listed_with_its_reason(case: Case, tmp_path: Path):
    broken = tmp_path / "firm" / "b"
    broken.mkdir()
    (broken / "case.toml").write_text("shop = ", "utf-8")
    tell(case, datetime(2026, 1, 20))
    paths = find_cases([tmp_path / "firm", tmp_path / "none", case.path])
    assert [one.name for one in paths] == ["a", "b", "none"]
    frame = board_data(paths)
    assert frame["state"].tolist() == ["cannot_open", "cannot_open", "collect"]
    assert frame["problem"].str.len().gt(0).tolist() == [True, True, False]
    assert is_urgent(frame)
    lines = "\n".join(board_lines(frame, "en"))
    assert "There is no such case folder" in lines
    assert "cannot be read" in lines


def test_a_folder_without_a_case_is_told(tmp_path: Path):
    assert find_cases([tmp_path]) == [tmp_path]
    assert board_data([tmp_path])["state"].tolist() == ["cannot_open"]


def test_the_most_pressing_stands_first(case: Case, tmp_path: Path):
    tell(case, datetime(2026, 1, 20))
    tell(case, datetime(2026, 1, 8), notice_id="N-2")
    tell(case, datetime(2026, 1, 1, 12), notice_id="N-3", issued_at=datetime(2025, 12, 30))
    tell(case, None, notice_id="N-4")
    frame = board_data([case])
    assert frame["notice_id"].tolist() == ["N-2", "N-4", "N-1", "N-3"]


def test_every_state_has_its_word_and_step():
    for state in STATES:
        told = {"state": state, "problem": "p", "missing": 2, "decided": 1}
        for language in ("zh", "en"):
            assert state_text(state, language)
            assert next_step(told, language)


def test_the_table_says_unknown_where_a_number_is_not_known(case: Case):
    tell(case, None, attempts_allowed=None)
    table = board_table(board_data([case]), "en").iloc[0]
    assert (table["Days left"], table["Deadline"], table["Attempts left"]) == ("not known",) * 3
    assert (table["Orders named"], table["Lacking evidence"]) == ("3", "3")
    assert board_lines(board_data([]), "en") == ["No case was found."]
