from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from invented_matter import PERSONAL, Example

from workbench.appeal.forms import complaint, data_request, human_review
from workbench.appeal.forms.form import MAX_LISTED, contested_orders
from workbench.appeal.matter import Matter, gather
from workbench.appeal.papers import forms
from workbench.language import words


@pytest.fixture(scope="module")
def matter(example: Example) -> Matter:
    return gather(example.case, example.tables, example.assessment, example.masker)


@pytest.fixture(scope="module")
def later(matter: Matter) -> Matter:
    """The same matter after the measures of Order 116 came into force."""
    return replace(matter, now=datetime(2026, 2, 3, 9, 0))


def said(model: dict) -> str:
    lines = [line for part in model["parts"] for line in (*part["lines"], *part["points"])]
    return "\n".join([*lines, *model["annex"]["lines"]])


def test_a_human_decision_is_not_asked_for_before_the_law_provides_for_it(matter: Matter):
    form = human_review(matter, "en")
    assert form.model is None
    assert "“Request for a human decision” is left out" in form.why_not
    assert "2026-02-01" in form.why_not


def test_the_request_for_a_human_decision(later: Matter):
    model = human_review(later, "en").model
    assert model is not None
    header = {row["name"]: row["value"] for row in model["header"]}
    assert header["To"] == "淘宝"
    assert header["Notice"] == "N-7"
    assert header["Decided on"] == "2026-01-04"
    assert header["Date of this letter"] == "2026-02-03"
    text = said(model)
    assert "against notice N-7, for the orders listed in the annex (1)" in text
    assert "known to the platform, not to us" in text
    assert "No appeal has been recorded as sent so far." in text
    # Only the order that is defended: nothing is asked for what was conceded or left open.
    assert model["annex"]["lines"] == ["1001"]
    assert [row["name"] for row in model["provisions"]][-1].startswith("Measures for the Super")
    assert model["lacking"] == []


def test_what_was_sent_and_answered_is_told(later: Matter):
    sent = pd.DataFrame(
        [
            {
                "attempt": 1,
                "sent_at": pd.Timestamp("2026-01-06 10:00"),
                "channel": "后台",
                "result": "rejected",
                "reason": "证据不足",
                "replied_at": pd.Timestamp("2026-01-08 10:00"),
            },
            {
                "attempt": 2,
                "sent_at": pd.Timestamp("2026-01-09 10:00"),
                "channel": "后台",
                "result": "",
                "reason": "",
                "replied_at": pd.NaT,
            },
        ]
    )
    model = human_review(replace(later, submissions=sent), "en").model
    assert model is not None
    assert model["parts"][1]["lines"] == [
        "Appeal no. 1 was sent on 2026-01-06 by way of 后台. The platform answered on 2026-01-08: "
        "rejected. Its reason: “证据不足”",
        "Appeal no. 2 was sent on 2026-01-09 by way of 后台. No answer has been recorded.",
    ]


def test_nothing_is_asked_for_orders_that_nobody_defends(later: Matter):
    orders = later.orders.assign(decision="")
    model = human_review(replace(later, orders=orders), "zh").model
    assert model is not None
    assert model["annex"]["lines"] == ["无。"]
    assert model["lacking"] == ["尚未决定对任何订单提出申辩，因而没有可提出的请求。"]


def test_the_request_for_data(matter: Matter, later: Matter):
    model = data_request(matter, "en").model
    assert model is not None
    asked = model["parts"][0]["points"]
    for what in ("basis of the finding", "log of each order", "text of the rule", "automated"):
        assert any(what in point for point in asked), what
    assert model["annex"]["lines"] == ["1001, 1002, 1004, 9999"]
    assert "no more than is needed" in said(model)
    law = [row["name"] for row in model["provisions"]]
    assert any("article 31" in name for name in law)
    assert any("article 46" in name for name in law)
    # What is not yet in force is not named.
    assert not any("Order 116" in name for name in law)
    named_later = data_request(later, "en").model
    assert named_later is not None
    assert any("Order 116" in row["name"] for row in named_later["provisions"])


def test_a_complaint_goes_to_the_first_rung_that_is_open(matter: Matter):
    model = complaint(matter, "en").model
    assert model is not None
    assert model["label"]["title"] == "Request for mediation (draft)"
    closed = matter.ladder["step"].eq("mediation")
    ladder = matter.ladder.assign(state=matter.ladder["state"].mask(closed, "closed"))
    model = complaint(replace(matter, ladder=ladder), "en").model
    assert model is not None
    assert model["label"]["title"] == "Complaint to the market regulator (draft)"
    assert "has shown a flaw" in " ".join(model["lacking"])
    ladder = matter.ladder.assign(state="done")
    form = complaint(replace(matter, ladder=ladder), "en")
    assert form.model is None
    assert "no association, mediator or regulator is left to ask" in form.why_not


def test_a_complaint_admits_and_claims_nothing_that_nobody_decided(matter: Matter):
    model = complaint(matter, "en").model
    assert model is not None
    text = said(model)
    assert "the shop defends 1; on the others this letter makes no statement" in text
    assert "concede" not in text.lower()
    assert "genuine" not in text
    assert "The addressee has to be named by hand." in model["lacking"]


def test_a_complaint_names_the_checks_that_are_not_passed(matter: Matter):
    checks = matter.checks.copy()
    first = checks["code"].eq("F06")
    checks.loc[first, ["state", "told_en", "hook_en"]] = ["failed", "no facts", "Order 116"]
    checks["hooks"] = [["EC.33"] if one else [] for one in first]
    model = complaint(replace(matter, checks=checks), "en").model
    assert model is not None
    assert "F06: no facts (Order 116)" in said(model)
    assert any("article 33" in row["name"] for row in model["provisions"])


def test_a_long_list_of_orders_is_cut_and_says_so():
    ids = [f"{n:05d}" for n in range(MAX_LISTED + 3)]
    annex = contested_orders(ids, words("appeal", "en"))
    assert annex["title"] == "Annex: orders concerned (303)"
    assert "00299 … (all 303 in the workbook, sheet Orders)" in annex["lines"][0]
    assert "00300" not in annex["lines"][0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forms_hold_no_personal_data_and_are_the_same_twice(later: Matter, language: str):
    made = forms(later)
    assert {f"forms/human-review.{language}.{end}" for end in ("docx", "html")} <= set(made.files)
    assert made.notes[language] == []
    page = made.files[f"forms/data-request.{language}.html"].decode()
    for marker in PERSONAL:
        assert marker not in page
    if language == "zh":
        assert forms(later).files == made.files
