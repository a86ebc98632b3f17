import hashlib
import io
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import bagit
import pytest
from invented_matter import PERSONAL, Example

from workbench.appeal import PackResult, build_pack, verify_pack
from workbench.case import create_case
from workbench.errors import BadInput

CHARTS = {"charts.zh.html": b"<html></html>", "overview.zh.png": b"\x89PNG"}


def make(example: Example, out: Path, **options: object) -> PackResult:
    return build_pack(
        example.case, out, tables=example.tables, assessment=example.assessment, **options
    )


def contents(pack: Path) -> dict[str, bytes]:
    """Every file of a pack by its path, and every part of the Office files inside."""
    found = {}
    with ZipFile(pack) as archive:
        for name in archive.namelist():
            inside = name.split("/", 1)[1]
            found[inside] = archive.read(name)
            if is_zipfile(io.BytesIO(found[inside])):
                with ZipFile(io.BytesIO(found[inside])) as inner:
                    parts = {f"{inside}!{part}": inner.read(part) for part in inner.namelist()}
                found |= parts
    return found


@pytest.fixture(scope="module")
def pack(example: Example, tmp_path_factory: pytest.TempPathFactory) -> PackResult:
    return make(
        example,
        tmp_path_factory.mktemp("pack") / "pack.zip",
        attachments=CHARTS,
        notes=["一条说明"],
    )


def test_what_a_pack_holds(pack: PackResult, example: Example):
    scans, photo = (sha[:12] for sha in example.evidence.values())
    names = sorted(pack.files)
    evidence = [name for name in names if name.startswith("data/evidence/")]
    assert len(evidence) == 2
    assert any(name.startswith(f"data/evidence/{scans}_") for name in evidence)
    assert f"data/evidence/{photo}_cmd.png" in evidence
    forms = {name for name in names if name.startswith("data/forms/")}
    assert forms == {
        f"data/forms/{form}.{language}.{ending}"
        for form in ("complaint", "data-request")
        for language in ("en", "zh")
        for ending in ("docx", "html", "pdf")
    }
    assert [
        name for name in sorted(set(names) - {*evidence, *forms}) if "reproduce" not in name
    ] == [
        "bag-info.txt",
        "bagit.txt",
        "data/README.txt",
        "data/charts/charts.zh.html",
        "data/charts/overview.zh.png",
        "data/events.jsonl",
        "data/letter.en.docx",
        "data/letter.en.html",
        "data/letter.en.pdf",
        "data/letter.zh.docx",
        "data/letter.zh.html",
        "data/letter.zh.pdf",
        "data/orders-and-groups.xlsx",
        "data/results/detectors.csv",
        "data/results/groups.csv",
        "data/results/orders.csv",
        "data/sources.csv",
        "manifest-sha256.txt",
        "recompute.py",
        "tagmanifest-sha256.txt",
        "verify.py",
    ]


def test_a_pack_proves_itself(pack: PackResult, tmp_path: Path):
    checked = verify_pack(pack.path, pack.seal)
    assert checked.ok
    assert set(checked.files) == set(pack.files)
    assert pack.sha256 == hashlib.sha256(pack.path.read_bytes()).hexdigest()
    with ZipFile(pack.path) as archive:
        archive.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / "appeal-pack-N-7"))
    assert bag.validate(processes=1)
    assert bag.info["Source-Organization"] == "小店"
    assert bag.info["External-Identifier"] == "N-7"
    assert bag.info["Bagging-Date"] == "2026-01-09"
    assert bag.info["Event-Count"] == "5"
    assert bag.info["Personal-Data"] == "masked"
    events = (tmp_path / "appeal-pack-N-7/data/events.jsonl").read_text("utf-8").splitlines()
    assert f'"hash":"{bag.info["Event-Chain-Head"]}"' in events[-1]


def test_nothing_personal_leaves_in_a_masked_pack(pack: PackResult):
    for name, content in contents(pack.path).items():
        for marker in PERSONAL:
            assert marker not in name
            assert marker.encode() not in content, (name, marker)


def test_the_markers_would_be_found(example: Example, tmp_path: Path):
    made = make(example, tmp_path / "open.zip", masked=False)
    whole = b"".join(contents(made.path).values())
    for marker in ("王小明", "13912345678", "文一西路969号", "buyer_wang"):
        assert marker.encode() in whole
    assert any("未脱敏" in note for note in made.notes)


def test_the_same_case_gives_the_same_bytes(example: Example, tmp_path: Path, pack: PackResult):
    again = make(example, tmp_path / "other.zip", attachments=CHARTS, notes=["一条说明"])
    assert again.path.read_bytes() == pack.path.read_bytes()
    assert again.seal == pack.seal


def test_the_readme_tells_how_to_check_and_what_to_note(pack: PackResult):
    text = contents(pack.path)["data/README.txt"].decode("utf-8-sig")
    assert "sha256sum -c manifest-sha256.txt" in text
    assert "- 一条说明" in text
    assert "申诉材料包" in text
    chinese, english = text.split("=" * 72)
    assert "证据文件原样附入" in chinese
    assert "Evidence files are enclosed as they are" in english
    assert "charts/: 本案图表" in chinese
    assert pack.notes[0] == "一条说明"
    assert pack.notes[1].startswith("申诉书仍是草稿：")


def test_the_readme_tells_only_of_what_is_there(example: Example, tmp_path: Path):
    made = make(example, tmp_path / "x.zip")
    assert "charts/" not in contents(made.path)["data/README.txt"].decode("utf-8-sig")


def test_the_checker_inside_is_ours(pack: PackResult):
    from workbench.appeal import checker

    assert contents(pack.path)["verify.py"] == Path(checker.__file__).read_bytes()


def test_an_existing_file_is_not_replaced_unasked(example: Example, tmp_path: Path):
    out = tmp_path / "mine.zip"
    out.write_text("mine")
    with pytest.raises(BadInput, match="such a file already"):
        make(example, out)
    assert out.read_text() == "mine"
    assert make(example, out, overwrite=True).path == out
    assert verify_pack(out).ok


def test_a_folder_that_cannot_be_written(example: Example, tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BadInput, match="cannot be written"):
        make(example, tmp_path / "file" / "pack.zip")
    with pytest.raises(BadInput, match="This is a folder"):
        make(example, tmp_path)


def test_a_case_that_was_not_screened(example: Example, tmp_path: Path):
    bare = create_case(tmp_path / "bare")
    with pytest.raises(BadInput, match="not been screened"):
        build_pack(bare, tmp_path / "x.zip", tables=example.tables, assessment=example.assessment)


def test_changed_and_lost_evidence_is_named_and_no_pack_is_left(
    own_example: Example, tmp_path: Path
):
    scans, photo = own_example.evidence.values()
    (own_example.case.evidence_dir / scans).write_bytes(b"%PDF-1.4 other")
    (own_example.case.evidence_dir / photo).unlink()
    with pytest.raises(BadInput) as caught:
        make(own_example, tmp_path / "out" / "x.zip")
    told = str(caught.value)
    assert "轨迹.pdf" in told
    assert "=cmd.png" in told
    assert len(caught.value.problems) == 2
    assert not (tmp_path / "out" / "x.zip").exists()


def test_a_failure_halfway_leaves_nothing_beside(example: Example, tmp_path: Path):
    with pytest.raises(BadInput, match="cannot be read"):
        make(example, tmp_path / "out" / "x.zip", attachments={"a.png": tmp_path / "absent"})
    assert list((tmp_path / "out").iterdir()) == []


def test_a_broken_chain_of_events_is_refused(own_example: Example, tmp_path: Path):
    with closing(sqlite3.connect(own_example.case.path / "case.db")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'x' WHERE seq = 3")
    with pytest.raises(BadInput, match="changed after it was written"):
        make(own_example, tmp_path / "x.zip")
