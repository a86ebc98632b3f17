"""The way from a decided case to an answer of the platform, at the command line."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from gate.ready_case import ANALYST, READER, assessment, make_case, make_ready, tables_of

from workbench.appeal import verify_pack
from workbench.case import Case, decide, events, open_case, standing_events
from workbench.case.answers import answers
from workbench.case.sign_off import sign_offs
from workbench.case.submissions import submissions
from workbench.cli import main
from workbench.commands import gate, pack, reply, submit
from workbench.errors import BadInput
from workbench.gate import NotReady, may_send
from workbench.widgets import GateForm


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_ready(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def case(kept: Case, tmp_path: Path) -> Case:
    shutil.copytree(kept.path, tmp_path / "case")
    return open_case(tmp_path / "case")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case in which nobody has decided anything."""
    return make_case(tmp_path_factory.mktemp("bare"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_final_pack_of_an_undecided_case_is_refused_and_says_why(capsys, bare):
    before = len(events(bare.database))
    code, out, err = run(capsys, "pack", "--case", bare.path, "--final", "--who", ANALYST)
    # A check said no: that is neither done nor bad input.
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "No final pack was made. What holds it back:"
    numbers = {line.split(".")[0] for line in lines[1:-1]}
    assert {"4", "5", "6", "7", "9", "12", "13", "19"} == numbers
    assert "12. 每笔订单都已分为申辩、承认或暂缓：尚无人作出判断的订单" in out
    assert not list(bare.exports_dir.glob("*")) if bare.exports_dir.is_dir() else True
    assert len(events(bare.database)) == before


def test_a_refusal_for_machines_names_the_checks_too(capsys, bare):
    code, out, _ = run(capsys, "pack", "--case", bare.path, "--final", "--who", "x", "--json")
    told = json.loads(out)
    assert (code, told["ok"]) == (1, False)
    assert {row["check"] for row in told["refused"]} == {4, 5, 6, 7, 9, 12, 13, 19}


def test_a_final_pack_needs_a_name(bare):
    with pytest.raises(BadInput, match="needs a name"):
        pack(bare.path, final=True)
    with pytest.raises(NotReady) as caught:
        pack(bare.path, final=True, who=ANALYST)
    assert "尚无人作出判断的订单" in caught.value.told("zh")


def test_the_gate_tells_every_check_and_what_to_do(capsys, bare):
    code, out, _ = run(capsys, "gate", "--case", bare.path, "--questions", "--language", "en")
    assert code == 1
    assert " 1 ★ ✓ passed: The right notice" in out
    assert "12 ★ ✗ failed: Every order is decided" in out
    assert "To do: Decide on the orders that are still open" in out
    assert "Orders: 1001, 1002" in out
    assert "Asked: gate.16" in out
    assert out.splitlines()[-1].startswith("Held back by the checks marked ★")
    code, out, _ = run(capsys, "gate", "--case", bare.path, "--language", "zh")
    assert "12 ★ ✗ 未通过: 每笔订单都已分为申辩、承认或暂缓" in out


def test_a_draft_says_what_holds_it_back(bare, tmp_path: Path):
    made = pack(bare.path, tmp_path / "draft.zip")
    assert any("尚无人作出判断的订单：2 笔中有 2 笔" in note for note in made.notes)
    assert events(bare.database).empty


def test_the_whole_way_from_the_gate_to_the_answer(capsys, case, tmp_path: Path):
    assert run(capsys, "gate", "--case", case.path)[0] == 0
    written = ("answer", "F02", "yes", "--case", case.path, "--who", READER, "--text", "archived")
    assert run(capsys, *written)[:2] == (0, "Written as event 10.\n")
    assert answers(case)["question"].tolist()[-1] == "F02"
    signed = ("sign-off", "--case", case.path, "--who", READER)
    assert run(capsys, *signed)[0] == 0
    assert sign_offs(case)["current"].tolist() == [True]

    code, out, _ = run(capsys, "pack", "--case", case.path, "--final", "--who", ANALYST, "--json")
    made = json.loads(out)
    path = Path(made["path"])
    assert (code, path.name) == (0, "appeal-attempt-1.zip")
    assert verify_pack(path, made["seal"]).ok
    (export,) = standing_events(case, "export")
    assert (export.who, export.body["sha256"]) == (ANALYST, made["sha256"])
    assert (export.body["final"], export.body["masked"]) == (True, True)
    # The second reader's word still stands: an export changes nothing of what is sent.
    assert sign_offs(case)["current"].tolist() == [True]

    sent = ("submit", "--case", case.path, "--sent-at", "2026-01-10T09:30", "--channel", "form")
    code, _, _ = run(capsys, *sent, "--pack", path, "--reference", "R-1", "--who", ANALYST)
    assert code == 0
    row = submissions(case).iloc[0]
    assert (row["attempt"], row["pack"], row["seal"]) == (1, made["sha256"], made["seal"])
    copy = case.exports_dir / "submitted" / f"{made['sha256']}.zip"
    assert copy.read_bytes() == path.read_bytes()
    # While it is pending nothing more is sent.
    assert run(capsys, "gate", "--case", case.path)[0] == 1

    came = (
        "reply",
        "--case",
        case.path,
        "--result",
        "rejected",
        "--replied-at",
        "2026-01-12T10:00",
    )
    assert run(capsys, *came, "--replied-at", "2026-01-12T10:00", "--who", ANALYST)[0] == 0
    code, out, _ = run(capsys, "pack", "--case", case.path, "--final", "--who", ANALYST)
    assert code == 1
    assert "18. 与上次被驳回的申诉相比有实质变化" in out
    assert "第 1 次" in out
    # The form of notebook 4 says so as well.
    form = GateForm(case, assessment(), tables_of(case), "en")
    assert "This is the letter that was rejected as attempt 1" in form.told()


def test_a_letter_with_something_new_may_be_sent_again(case):
    made = pack(case.path, final=True, who=ANALYST)
    submit(case.path, sent_at=datetime(2026, 1, 10, 9), channel="form", who=ANALYST, pack=made.path)
    reply(case.path, result="rejected", replied_at=datetime(2026, 1, 12), who=ANALYST)
    decide(
        case, subject="order", subject_id="1002", decision="concede", reason="no weight",
        who=ANALYST,
    )  # fmt: skip
    frame = gate(case.path).set_index("check")
    assert frame["state"][18] == "passed"
    assert frame["en"][18].startswith("New against attempt 1: paragraphs ")
    assert "attempts left: 1." in frame["en"][1]


def test_the_final_pack_is_masked_and_its_kept_letter_too(case):
    made = pack(case.path, final=True, who=ANALYST)
    (letter,) = case.exports_dir.glob("letter-*.json")
    assert made.sha256 in letter.name
    with zipfile.ZipFile(made.path) as zipped:
        texts = [
            zipped.read(n) for n in zipped.namelist() if n.endswith((".csv", ".jsonl", ".html"))
        ]
    for text in [letter.read_bytes(), *texts]:
        for personal in ("13812341001", "张三0", "文一西路1001号", "pay_1001"):
            assert personal.encode() not in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("submit", "--sent-at", "yesterday", "--channel", "form", "--who", "x"), "no time"),
        (("submit", "--sent-at", "2026-01-10", "--channel", " ", "--who", "x"), "How it was sent"),
        (("reply", "--result", "rejected", "--replied-at", "2026-01-10", "--who", "x"), "recorded"),
        (("answer", "what?", "yes", "--who", "x"), "no code of a question"),
        (("answer", "gate.7", "yes", "--order", "9999", "--who", "x"), "no order 9999"),
        (("sign-off", "--who", ANALYST), "decided on these orders"),
    ],
)
def test_bad_input_is_told_and_nothing_written(capsys, kept, arguments, says):
    before = len(events(kept.database))
    code, _, err = run(capsys, arguments[0], *arguments[1:], "--case", kept.path)
    assert code == 2
    assert says in err
    assert "Traceback" not in err
    assert len(events(kept.database)) == before


def test_what_was_sent_must_be_a_whole_pack(case, tmp_path: Path):
    made = pack(case.path, tmp_path / "p.zip")
    damaged = bytearray(made.path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    made.path.write_bytes(bytes(damaged))
    with pytest.raises(BadInput):
        submit(
            case.path, sent_at=datetime(2026, 1, 10), channel="form", who=ANALYST, pack=made.path
        )
    assert submissions(case).empty
    assert not (case.exports_dir / "submitted").exists()


def test_a_ready_case_may_be_sent(kept):
    assert may_send(gate(kept.path))
