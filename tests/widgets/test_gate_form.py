import shutil
from pathlib import Path

import pytest
from gate.ready_case import (
    ANALYST,
    DEFENDED,
    READER,
    assessment,
    frames,
    make_case,
    make_ready,
    tables_of,
)

from workbench.case import Case, open_case
from workbench.case.answers import answers
from workbench.case.sign_off import sign_offs
from workbench.widgets import GateForm


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_ready(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def case(kept: Case, tmp_path: Path) -> Case:
    shutil.copytree(kept.path, tmp_path / "case")
    return open_case(tmp_path / "case")


def form_of(case: Case, language: str = "en") -> GateForm:
    return GateForm(case, assessment(), tables_of(case), language)


def test_every_check_is_told_with_a_shape_and_a_word(kept: Case):
    form = form_of(kept)
    lines = form.told().splitlines()
    assert len(lines) == 20
    assert lines[0].startswith(" 1 ★ ✓ passed · The right notice")
    assert lines[14].startswith("15 ☆ ? needs an answer · A second reader")
    assert lines[19] == "Nothing holds the appeal back."
    assert "✓ passed: 18" in form.summary.value
    assert repr(form) == form.told()


def test_the_other_language_tells_the_same(kept: Case):
    lines = form_of(kept, "zh").told().splitlines()
    assert (
        lines[0].startswith(" 1 ★ ✓ 通过 · 通知、条款、期限与剩余次数均已登记：")
        or "通过" in lines[0]
    )
    assert lines[19] == "没有阻碍提交的事项。"


def test_only_checks_with_questions_show_a_form(kept: Case):
    form = form_of(kept)
    parts = form.parts.items()
    assert [number for number, part in parts if part.asked.layout.display != "none"] == []
    # All has been answered here: the answers can be read and changed.
    changed = [number for number, part in parts if part.change.layout.display != "none"]
    assert changed == [2, 9, 13, 16, 19]
    part = form.parts[16]
    part.change.click()
    assert (part.asked.layout.display, part.answer.value) == (None, None)
    assert "Li answered: Yes, in order. new weights" in part.text.value


def test_an_answer_is_written_at_once_and_the_check_changes(case: Case):
    form = form_of(case)
    part = form.parts[13]
    part.answer.value, form.who.value = "no", ANALYST
    part.save.click()
    assert "Written as event" in part.result.value
    assert answers(case).set_index("question").loc["gate.13", "answer"] == "no"
    assert "wb-gate-failed" in part.found.value
    assert form.saved == 1
    assert form.told().splitlines()[-1].endswith("that have not passed: 13.")
    # The name stays, the rest is chosen anew.
    assert (part.answer.value, part.words.value, form.who.value) == (None, "", ANALYST)
    assert "Li answered: No." in part.text.value


def test_all_that_is_missing_is_told_in_the_form(case: Case):
    form = form_of(case)
    part = form.parts[16]
    part.save.click()
    for told in ("Nothing was written.", "Choose an answer", "Say it in words", "Say who answers"):
        assert told in part.result.value
    assert form.saved == 0


def test_a_picture_needs_no_words(case: Case):
    form = form_of(case)
    part = form.parts[9]
    part.answer.value, form.who.value = "yes", ANALYST
    part.save.click()
    assert form.saved == 1


def test_a_second_person_signs_here_and_who_decided_cannot(case: Case):
    form = form_of(case)
    form.sign.click()
    assert "Say who signs" in form.result.value
    form.reader.value = ANALYST
    form.sign.click()
    assert "decided on these orders" in form.result.value
    form.reader.value = READER
    form.sign.click()
    assert sign_offs(case)["who"].tolist() == [READER]
    assert "Signed as it stands now by Wang." in form.signed.value
    assert "wb-gate-passed" in form.parts[15].found.value


def test_what_is_far_from_ready_names_orders_and_what_to_do(tmp_path: Path):
    form = form_of(make_case(tmp_path))
    found = form.parts[12].found.value
    assert "Orders: " + ", ".join(DEFENDED) in found
    assert "To do: Decide on the orders that are still open" in found
    assert "✗" in found
    assert form.parts[13].asked.layout.display is None


def test_what_strangers_wrote_is_shown_as_text(tmp_path: Path):
    hostile = "<script>alert(1)</script> 好评返现5元"
    orders = frames()["orders"].assign(seller_memo=hostile)
    form = form_of(make_ready(tmp_path, {"orders": orders}))
    part = form.parts[8]
    assert "<script>" not in part.text.value
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 好评返现5元" in part.text.value
    assert "<script>" not in form.told()
