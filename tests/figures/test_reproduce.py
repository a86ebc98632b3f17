"""The pack of the sample: everything comes out, and whatever is changed is named."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from invented_matter import make_example

from tests.figures.conftest import Change, Sample, resealed
from workbench.appeal import build_pack, verify_pack
from workbench.case import Masker
from workbench.cli import main
from workbench.commands import open_tables, verify
from workbench.figures import recompute
from workbench.figures.handed import written
from workbench.figures.masked import masked_tables
from workbench.figures.recomputed import Recomputed, recompute_pack

ORDERS = "reproduce/tables/orders.csv"


def inside(pack: Path, name: str) -> bytes:
    with ZipFile(pack) as archive:
        return archive.read(next(one for one in archive.namelist() if one.endswith(f"data/{name}")))


def told(pack: Path) -> dict[str, Any]:
    return json.loads(inside(pack, "reproduce/figures.json"))


@pytest.fixture(scope="module")
def again(sample: Sample) -> Recomputed:
    return recompute_pack(sample.pack.path)


def test_every_figure_of_the_sample_comes_out(sample: Sample, again: Recomputed) -> None:
    figures = told(sample.pack.path)["figures"]
    assert again.differences == ()
    assert again.ok
    assert again.figures == len(figures) > 400
    screened = [one for one in figures if one["screened"]]
    assert again.screened == len(screened) > 300
    # Nothing of the screening needs what is masked; of the checks one clock is only read back.
    open_ones = {one["id"] for one in figures if "not_recomputed" in one}
    assert {one.where for one in again.open} == open_ones
    assert not open_ones & {one["id"] for one in screened}
    assert len(open_ones) <= 2


def test_every_figure_leads_to_rows_of_the_original_files(sample: Sample) -> None:
    sources = inside(sample.pack.path, "sources.csv").decode("utf-8-sig")
    known = {row["sha256"] for row in csv.DictReader(io.StringIO(sources))}
    evidence = {path.name for path in sample.case.evidence_dir.iterdir()}
    figures = told(sample.pack.path)["figures"]
    for one in figures:
        assert {row["source_file"] for row in one["rows"]} <= known | evidence
    lost = [one for one in figures if not one["rows"] and one["value"] not in ("0", "0 %")]
    read_back = [one for one in lost if "not_recomputed" in one]
    summary = [one for one in lost if one["operation"]["table"] == "results/summary"]
    assert lost == read_back + summary


def test_rows_are_those_of_the_file(sample: Sample) -> None:
    """A group's figure names the rows in which its orders stand in the original export."""
    figure = next(
        one
        for one in told(sample.pack.path)["figures"]
        if one["operation"]["where"] == [["contested", "=", "yes"], ["decision", "=", "hold"]]
    )
    (place,) = figure["rows"]
    export = (sample.case.sources_dir / place["source_file"]).read_text("gb18030")
    lines = list(csv.reader(io.StringIO(export, newline="")))
    first, _, last = place["rows"].partition("–")
    rows = [" ".join(lines[n - 1]) for n in range(int(first), int(last or first) + 1)]
    orders = csv.DictReader(
        io.StringIO(inside(sample.pack.path, "reproduce/case/orders.csv").decode("utf-8-sig"))
    )
    held = [row["order_id"] for row in orders if row["decision"] == "hold"]
    assert len(held) == int(figure["value"]) == 3
    assert all(any(order in row for row in rows) for order in held)


# What is no figure of the letter, and how it looks.
NO_FIGURE = {
    "moments and days": r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?|\b\d{1,2}:\d{2}\b",
    "hashes": r"\b[0-9a-f]{12,64}\b",
    "numbers of orders and notices": r"\b(?:WG)?\d{12,20}\b",
    "ids of groups, figures, exhibits, sources, papers and checks": r"\b[GNESF]-?[0-9a-f]{1,8}\b",
    "titles of items": r"“[^”]*”",
    "parts of the letter": r"\bpart \d+|第 ?\d+ ?部分",
    "articles, clauses and orders of authorities": (
        r"\b(?:[Aa]rticles?|Order|No\.)\s*[\d()、, –-]+|第[\d〇一二三四五六七八九十百]+[号条]?"
    ),
}
# Keys whose texts tell no figures: headings with the numbers of parts, names of files, texts of
# law, the appendices on figures and sources, and where a moment was read (source and row).
OTHER_TEXTS = {"label", "name", "provisions", "figures", "sources", "sha256", "where", "footer"}


def texts(model: Any, key: str = "") -> list[str]:
    if key in OTHER_TEXTS:
        return []
    if isinstance(model, dict):
        if set(model) == {"figure", "text"}:
            return []
        return [text for name, one in model.items() for text in texts(one, name)]
    if isinstance(model, list):
        # The parts of one sentence: a figure leaves a gap in which no digits can meet.
        if any(isinstance(one, dict) and set(one) == {"figure", "text"} for one in model):
            return ["¦".join(one if isinstance(one, str) else "" for one in model)]
        return [text for one in model for text in texts(one, key)]
    return [model] if isinstance(model, str) else []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_number_of_the_letter_is_left_without_its_rows(sample: Sample, language: str) -> None:
    model = json.loads(inside(sample.pack.path, f"reproduce/letter.{language}.json"))
    found = texts(model)
    assert len(found) > 100
    pattern = re.compile("|".join(NO_FIGURE.values()))
    notices = inside(sample.pack.path, "reproduce/tables/notices.csv").decode("utf-8-sig")
    measure = next(csv.DictReader(io.StringIO(notices)))["measure"]
    assert "30天" in measure  # the platform's own words, quoted
    found = [text.replace(measure, "") for text in found]
    left = [text for text in found if re.search(r"\d", pattern.sub("", text))]
    assert left == []


def test_the_same_case_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    key = Masker.for_case(sample.case).key
    for name, frame in masked_tables(open_tables(sample.case), key):
        path, content = written(f"tables/{name}", frame)
        assert inside(sample.pack.path, f"reproduce/{path}") == content
    example = make_example(tmp_path / "example")
    twice = [
        build_pack(
            example.case, tmp_path / name, tables=example.tables, assessment=example.assessment
        )
        for name in ("one.zip", "two.zip")
    ]
    assert twice[0].sha256 == twice[1].sha256


def test_settings_and_versions_are_told(sample: Sample) -> None:
    settings = json.loads(inside(sample.pack.path, "reproduce/settings.json"))
    assert settings["case"]["now"] == "2026-01-05T09:00:00"
    assert {one["name"] for one in settings["constants"]} >= {"ALPHA", "false_discovery_rate"}
    versions = json.loads(inside(sample.pack.path, "reproduce/versions.json"))
    assert set(versions["packages"]) >= {"duckdb", "numpy", "pandas", "scipy"}


def changed(pack: Path, out: Path, name: str, change: Any) -> Path:
    """The pack with one file changed and everything sealed anew."""

    def one(path: str, content: bytes) -> bytes:
        return change(content) if path == name else content

    made: Change = one
    path = resealed(pack, out, made)
    assert verify_pack(path).ok
    return path


def edited(content: bytes, change: Any) -> bytes:
    """A CSV file with its rows changed by `change`, which may give None for a row to leave out."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    kept = [row for row in map(change, rows) if row is not None]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def test_a_changed_decision_is_named(sample: Sample, tmp_path: Path) -> None:
    def concede(row: dict[str, str]) -> dict[str, str]:
        return row | {"decision": "defend" if row["decision"] == "hold" else row["decision"]}

    name = "reproduce/case/orders.csv"
    pack = changed(sample.pack.path, tmp_path / "p.zip", name, lambda c: edited(c, concede))
    found = recompute.recompute(pack)
    names = {one["id"]: one["name"]["en"] for one in told(pack)["figures"]}
    wrong = {names[one.where] for one in found.differences}
    assert {"orders decided: Defend", "orders decided: Hold"} <= wrong


def test_a_number_changed_in_a_letter_is_named(sample: Sample, tmp_path: Path) -> None:
    shown = b'<a href="#N04">29</a>'
    assert shown in inside(sample.pack.path, "letter.zh.html")
    pack = changed(
        sample.pack.path,
        tmp_path / "p.zip",
        "letter.zh.html",
        lambda page: page.replace(shown, shown.replace(b"29", b"92"), 1),
    )
    (found,) = recompute.recompute(pack).differences
    assert (found.where, found.what) == ("N04", "letter.zh.html says 92, counted were 29")


def test_a_number_changed_in_the_word_file_is_named(sample: Sample, tmp_path: Path) -> None:
    def change(content: bytes) -> bytes:
        out = io.BytesIO()
        with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w") as new:
            for part in old.namelist():
                text = old.read(part)
                if part == "word/document.xml":
                    at = text.index(b'w:anchor="N04"')
                    text = text[:at] + text[at:].replace(b">29<", b">92<", 1)
                new.writestr(part, text)
        return out.getvalue()

    pack = changed(sample.pack.path, tmp_path / "p.zip", "letter.en.docx", change)
    (found,) = recompute.recompute(pack).differences
    assert (found.where, found.what) == ("N04", "letter.en.docx says 92, counted were 29")


def test_a_changed_masked_table_is_named_by_screening_again(sample: Sample, tmp_path: Path) -> None:
    """Orders of other weeks: the numbers said of their groups are others."""

    def late(row: dict[str, str]) -> dict[str, str]:
        return row | {"created_at": row["created_at"].replace("2025-10-2", "2025-09-2")}

    pack = changed(sample.pack.path, tmp_path / "p.zip", ORDERS, lambda c: edited(c, late))
    assert recompute.recompute(pack).differences == ()
    found = recompute_pack(pack)
    figures = {one["id"]: one for one in told(pack)["figures"]}
    named = [one for one in found.differences if one.where in figures]
    assert named
    assert all(figures[one.where]["screened"] for one in named)
    assert not found.ok


def test_a_row_left_out_is_named(sample: Sample, tmp_path: Path) -> None:
    name = "reproduce/case/named.csv"
    first: list[str] = []

    def leave_out(row: dict[str, str]) -> dict[str, str] | None:
        first.append(row["order_id"])
        return None if len(first) == 1 else row

    pack = changed(sample.pack.path, tmp_path / "p.zip", name, lambda c: edited(c, leave_out))
    what = [one.what for one in recompute.recompute(pack).differences]
    assert any("orders that the notice names: 306, counted were 305" in one for one in what)


def test_the_file_in_the_pack_needs_nothing_but_python(sample: Sample, tmp_path: Path) -> None:
    with ZipFile(sample.pack.path) as archive:
        name = next(one for one in archive.namelist() if one.endswith("/recompute.py"))
        (tmp_path / "recompute.py").write_bytes(archive.read(name))
    command = [sys.executable, "-I", "-S", "recompute.py", str(sample.pack.path.resolve())]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no difference" in done.stdout
    assert "workbench verify PACK.zip --recompute" in done.stdout
    assert recompute.main([str(tmp_path / "gone.zip")]) == 2


def test_the_command(sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, shown = "letter.en.html", b'<a href="#N04">29</a>'
    pack = changed(
        sample.pack.path,
        tmp_path / "p.zip",
        name,
        lambda c: c.replace(shown, b'<a href="#N04">28</a>'),
    )
    assert main(["verify", str(pack), "--recompute"]) == 1
    out = capsys.readouterr().out
    assert "N04: letter.en.html says 28, counted were 29" in out
    assert "No: 1 differences" in out
    assert main(["verify", str(pack), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]


def test_a_pack_without_the_folder_is_bad_input(
    sample: Sample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "cut.zip"
    broken.write_bytes(sample.pack.path.read_bytes()[:-3000])
    assert not verify(broken, recompute=True).ok
    (tmp_path / "no.txt").write_text("x")
    assert main(["verify", str(tmp_path / "no.txt"), "--recompute"]) == 2
