"""The command line from outside: exit codes, one clear message, nothing half-written."""

from __future__ import annotations

import json
import multiprocessing
import zipfile
from pathlib import Path

import pytest

from workbench.case import Case, events, open_case
from workbench.cli import main
from workbench.commands import sample_files

HEADERS = "order_id,created_at,status,paid_amount,buyer_id\n"
ROWS = "\n".join(f"A{n},2025-03-0{n} 10:00:00,completed,59.00,b{n}" for n in range(1, 6)) + "\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(HEADERS + ROWS, "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def snapshot_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_load_says_what_it_recognised_and_accounts_for_every_row(capsys, export, tmp_path):
    code, out, err = run(capsys, "load", export, "--case", tmp_path / "case", "--json")
    assert (code, err) == (0, "")
    (file,) = json.loads(out)["files"]
    assert file["table"] == "orders"
    assert (file["rows_read"], file["rows_loaded"], file["rows_quarantined"]) == (5, 5, 0)


def test_loading_the_same_file_twice_changes_nothing(capsys, export, tmp_path):
    case = tmp_path / "case"
    run(capsys, "load", export, "--case", case)
    before = snapshot_of(case)
    code, out, _ = run(capsys, "load", export, "--case", case)
    assert code == 0
    assert "nothing changed" in out
    assert snapshot_of(case) == before


def test_a_new_case_keeps_what_it_was_told(capsys, export, tmp_path):
    case = tmp_path / "case"
    run(capsys, "load", export, "--case", case, "--shop", "小店", "--zone", "Asia/Tokyo")
    opened = open_case(case)
    assert (opened.shop, opened.zone, opened.currency) == ("小店", "Asia/Tokyo", "CNY")


def bad_files(folder: Path) -> dict[str, Path]:
    files = {
        "missing": folder / "nowhere.csv",
        "empty": folder / "empty.csv",
        "directory": folder / "directory.csv",
        "no order id": folder / "no_id.csv",
        "truncated": folder / "truncated.csv",
        "wrong encoding": folder / "encoding.csv",
    }
    files["empty"].write_bytes(b"")
    files["directory"].mkdir()
    files["no order id"].write_text("when,what\n2025-01-01,thing\n", "utf-8")
    files["truncated"].write_text(HEADERS + ROWS + '"A9,2025-03-0', "utf-8")
    files["wrong encoding"].write_bytes(HEADERS.encode() + b"A1,\xff\xff\xfe,completed,5,\x81\n")
    return files


@pytest.mark.parametrize(
    "kind", ["missing", "empty", "directory", "no order id", "truncated", "wrong encoding"]
)
def test_a_bad_file_is_one_message_and_leaves_no_case(capsys, tmp_path, kind):
    file = bad_files(tmp_path)[kind]
    code, out, err = run(capsys, "load", file, "--case", tmp_path / "case")
    assert (code, out) == (2, "")
    assert file.name in err
    assert "Traceback" not in err
    assert not (tmp_path / "case").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_bad_file_beside_a_good_one_loads_neither(capsys, export, tmp_path):
    case = tmp_path / "case"
    run(capsys, "load", export, "--case", case)
    before = snapshot_of(case)
    good = tmp_path / "more.csv"
    good.write_text(HEADERS + ROWS.replace("A", "B"), "utf-8")
    code, _, err = run(capsys, "load", good, tmp_path / "nowhere.csv", "--case", case)
    assert code == 2
    assert "nowhere.csv" in err
    assert snapshot_of(case) == before


@pytest.mark.parametrize("command", ["screen", "lab", "serve", "pack"])
def test_a_folder_that_is_no_case(capsys, tmp_path, command):
    (tmp_path / "stuff.txt").write_text("something", "utf-8")
    extra = ["--out", tmp_path / "out.zip"] if command == "pack" else []
    code, _, err = run(capsys, command, "--case", tmp_path, *extra)
    assert code == 2
    assert "not a case folder" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stuff.txt"]


def test_a_case_that_is_not_screened_yet_cannot_be_packed(capsys, export, tmp_path):
    case, out = tmp_path / "case", tmp_path / "out.zip"
    run(capsys, "load", export, "--case", case)
    code, _, err = run(capsys, "pack", "--case", case, "--out", out)
    assert code == 2
    assert "workbench screen" in err
    assert not out.exists()


def hold(case: Path, held: multiprocessing.Event, done: multiprocessing.Event) -> None:
    with open_case(case).lock():
        held.set()
        done.wait(60)


def test_a_second_process_on_the_same_case_is_told_so(capsys, export, tmp_path):
    case = tmp_path / "case"
    run(capsys, "load", export, "--case", case)
    before = snapshot_of(case)
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=hold, args=(case, held, done))
    other.start()
    try:
        assert held.wait(60)
        code, _, err = run(capsys, "screen", "--case", case)
    finally:
        done.set()
        other.join(60)
    assert code == 2
    assert "Another process is working on this case" in err
    assert snapshot_of(case) == before


def test_screen_names_groups_and_detectors(capsys, small_copy: Case):
    code, out, _ = run(capsys, "screen", "--case", small_copy.path, "--shuffles", "2", "--json")
    told = json.loads(out)
    assert code == 0
    assert {run["detector"] for run in told["detectors"]} >= {
        "address_variants",
        "rapid_repeat",
        "same_offer_burst",
        "shared_address",
        "shared_device",
        "shared_phone",
    }
    assert {group["assessment"] for group in told["groups"]} <= {
        "evidence",
        "needs_documents",
        "none",
    }


@pytest.mark.browser
def test_pack_then_verify_then_a_changed_byte(capsys, small_copy: Case, tmp_path):
    out = tmp_path / "pack.zip"
    code, told, _ = run(capsys, "pack", "--case", small_copy.path, "--out", out)
    assert code == 0
    assert "workbench verify" in told
    with zipfile.ZipFile(out) as archive:
        sizes = [one.file_size for one in archive.infolist() if one.filename.endswith(".png")]
    assert len(sizes) > 8
    assert min(sizes) > 5_000, "drawn by Chromium"
    assert run(capsys, "verify", out)[0] == 0

    code, _, err = run(capsys, "pack", "--case", small_copy.path, "--out", out)
    assert (code, "There is such a file already" in err) == (2, True), err

    asked = ("--unmasked", "--who", "Li", "--reason", "a court asks")
    assert run(capsys, "pack", "--case", small_copy.path, "--out", out, *asked)[0] == 2
    assert events(small_copy.database).empty, "nothing was unmasked"

    data = bytearray(out.read_bytes())
    at = data.index(b"data/")
    data[at + 200] ^= 1
    out.write_bytes(data)
    assert run(capsys, "verify", out)[0] in (1, 2)


def test_verify_of_something_else(capsys, export, tmp_path):
    assert run(capsys, "verify", tmp_path / "nowhere.zip")[0] == 2
    code, _, err = run(capsys, "verify", export)
    assert code == 2
    assert export.name in err


def test_the_sample_is_handed_over_without_its_truth():
    names = {path.name for path in sample_files()}
    assert "truth.csv" not in names
    assert any(name.startswith("ExportOrderList") for name in names)
