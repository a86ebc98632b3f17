from datetime import datetime
from pathlib import Path

import pandas as pd
from invented_matter import Example, make_example

from workbench.appeal.matter import gather
from workbench.appeal.matter_rows import CORRECTIVE
from workbench.case import create_case, decide
from workbench.case.answers import answer
from workbench.explain import write_assessment


def test_at_issue_is_what_was_named_decided_or_not_cleared(example: Example):
    orders = gather(example.case, example.tables, example.assessment).orders
    assert orders["order_id"].tolist() == ["1001", "1002", "1003", "1004", "9999"]
    assert orders["named"].tolist() == [True, True, False, True, True]
    assert orders["in_data"].tolist() == [True, True, True, True, False]
    assert orders["decision"].tolist() == ["defend", "concede", "", "hold", ""]
    assert orders["reasons"].tolist()[:1] == [[{"zh": "异常甲", "en": "odd A"}]]
    assert orders["reasons"].tolist()[4] == []


def test_the_letter_is_about_named_and_decided_orders(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    assert matter.contested["order_id"].tolist() == ["1001", "1002", "1004", "9999"]
    unnamed = {name: table for name, table in example.tables.items() if name != "notices"}
    matter = gather(example.case, unnamed, example.assessment)
    assert matter.notice is None
    assert matter.contested["order_id"].tolist() == ["1001", "1002", "1003", "1004"]


def test_exhibits_reach_orders_by_order_by_group_and_by_citation(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    assert matter.exhibits["number"].tolist() == [1, 2]
    assert matter.exhibits["sha256"].tolist() == [*example.evidence.values()]
    assert matter.orders.set_index("order_id")["exhibits"].to_dict() == {
        "1001": [1],
        "1002": [1],
        "1003": [],
        "1004": [2],
        "9999": [],
    }


def test_groups_at_issue_come_first(example: Example):
    groups = gather(example.case, example.tables, example.assessment).groups
    assert groups["group_id"].tolist() == ["G-aaaaaaaa", "G-bbbbbbbb"]
    assert groups["at_issue"].tolist() == [2, 0]
    assert groups["order_ids"].tolist() == [["1001", "1002"], ["1003"]]
    assert groups["decision"].tolist() == ["defend", ""]
    assert [test["result"] for test in groups["explanation_tests"][0]] == [
        "passed",
        "failed",
        "not_available",
    ]


def test_moments_of_decisions_are_the_shops_local_time(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    now = pd.Timestamp.now("Asia/Shanghai").tz_localize(None)
    assert all(abs(now - at) < pd.Timedelta(minutes=10) for at in matter.decisions["at"])
    assert matter.now == datetime(2026, 1, 9, 9, 0)


def test_free_texts_lose_what_is_personal_and_keep_order_numbers(example: Example):
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    reason = matter.decisions["reason"].iloc[0]
    assert reason.startswith("活动期间下单，王*住")
    assert "订单 1001 已签收" in reason
    assert "969" not in reason
    assert matter.exhibits["name"].tolist() == [
        "王* 139**** " + example.masker.alias("N", "13912345678") + " 轨迹.pdf",
        "=cmd.png",
    ]
    assert "王小明" in gather(example.case, example.tables, example.assessment).exhibits["note"][0]


def test_a_case_that_nobody_has_worked_on_yet(tmp_path: Path):
    example = make_example(tmp_path / "case")
    bare = create_case(tmp_path / "bare", shop="小店")
    write_assessment(example.assessment, bare.results_dir)
    matter = gather(bare, example.tables, example.assessment)
    assert matter.groups["decision"].tolist() == ["", ""]
    assert matter.groups["at"].isna().all()
    assert matter.exhibits.empty
    assert matter.corrective.empty


def test_corrective_steps_are_answers_that_people_gave(own_example: Example):
    case = own_example.case
    answer(case, question=CORRECTIVE, answer="yes", text="王小明不得代拍", who="店长")
    answer(case, question="F02", answer="no", text="", who="店长")
    matter = gather(case, own_example.tables, own_example.assessment, own_example.masker)
    assert matter.corrective["text"].tolist() == ["王*不得代拍"]
    assert matter.corrective["answer"].tolist() == ["yes"]


def test_strangers_can_set_no_marks(own_example: Example):
    case = own_example.case
    marked = "\ue000N01\ue00199\ue002 \ue013E1\ue014x\ue015"
    decide(case, subject="order", subject_id="1001", decision="hold", reason=marked, who="李")
    for masker in (None, own_example.masker):
        matter = gather(case, own_example.tables, own_example.assessment, masker)
        (reason,) = matter.orders.loc[matter.orders["order_id"] == "1001", "reason"]
        assert reason == "N0199 E1x"
