"""From a file with a bad row to the corrected case, as an analyst types it."""

import csv
import json

from tests.commands.test_cli import HEADERS, ROWS, run


def test_write_correct_and_load_again(capsys, tmp_path):
    export, case, out = tmp_path / "orders.csv", tmp_path / "case", tmp_path / "q.csv"
    export.write_text(HEADERS + ROWS.replace("59.00", "n/a", 1), "utf-8")
    assert run(capsys, "load", export, "--case", case)[0] == 0
    code, told, _ = run(capsys, "quarantine", "--case", case, "--out", out)
    assert (code, f"{out}: 1 quarantined rows." in told) == (0, True)
    with out.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["file"], row["source_row"], row["value"]) == ("orders.csv", "2", "n/a")
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row | {"paid_amount": "59.00"})
    code, told, _ = run(capsys, "load", out, "--corrects", "--case", case)
    assert (code, "orders.csv: quarantined 1, of these corrected 1" in told) == (0, True)
    code, told, _ = run(capsys, "load", export, "--case", case)
    assert "quarantined 1, of these corrected 1" in told
    code, _, told = run(capsys, "quarantine", "--case", case, "--out", out)
    assert (code, "No row of this case is quarantined" in told) == (2, True)


def test_a_changed_order_and_a_shop_are_told(capsys, tmp_path):
    case = tmp_path / "case"
    (tmp_path / "old.csv").write_text(HEADERS + ROWS, "utf-8")
    (tmp_path / "new.csv").write_text(HEADERS + ROWS.replace("completed", "closed", 2), "utf-8")
    run(capsys, "load", tmp_path / "old.csv", "--case", case, "--shop", "小店")
    code, told, _ = run(capsys, "load", tmp_path / "new.csv", "--case", case, "--shop", "小店")
    assert (code, "  2 orders changed: 2 status" in told) == (0, True)
    assert "5 orders were loaded from an older file before" in told
    assert "shop: 小店" in told
    code, told, _ = run(
        capsys, "load", tmp_path / "old.csv", "--case", case, "--shop", "B", "--json"
    )
    [file] = json.loads(told)["files"]
    assert file["shops"] == ["B"]
