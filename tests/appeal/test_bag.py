import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.appeal.bag import write_bag
from workbench.appeal.names import safe_name
from workbench.appeal.verify import verify_pack
from workbench.errors import BadInput

PAYLOAD = {"b.txt": b"two", "a/说明.txt": "一".encode(), "empty": b""}
INFO = {"Source-Organization": "小店", "Bagging-Date": "2026-01-09"}


def test_the_bag_is_what_the_standard_asks_for(tmp_path: Path):
    made = write_bag(tmp_path / "x.zip", PAYLOAD, folder="pack", info=INFO, tags={"t.txt": b"tag"})
    with ZipFile(tmp_path / "x.zip") as archive:
        archive.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / "pack"))
    assert bag.validate(processes=1)
    assert bag.version_info == (1, 0)
    assert bag.info["Payload-Oxum"] == "6.3"
    assert bag.info["Source-Organization"] == "小店"
    assert (tmp_path / "pack/manifest-sha256.txt").read_text("utf-8").splitlines() == [
        f"{hashlib.sha256(PAYLOAD[name]).hexdigest()}  data/{name}"
        for name in ("a/说明.txt", "b.txt", "empty")
    ]
    tag_manifest = (tmp_path / "pack/tagmanifest-sha256.txt").read_bytes()
    assert made.seal == hashlib.sha256(tag_manifest).hexdigest()
    assert [line.split()[1] for line in tag_manifest.decode().splitlines()] == [
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "t.txt",
    ]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path):
    file = tmp_path / "file"
    file.write_bytes(b"two")
    payload = {"empty": b"", "b.txt": file, "a/说明.txt": PAYLOAD["a/说明.txt"]}
    write_bag(tmp_path / "1.zip", PAYLOAD, folder="pack", info=INFO)
    write_bag(tmp_path / "2.zip", payload, folder="pack", info=INFO)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_a_value_cannot_add_a_line_of_its_own(tmp_path: Path):
    info = {"External-Identifier": "N1\nPayload-Oxum: 9.9"}
    write_bag(tmp_path / "x.zip", {"a": b"1"}, folder="pack", info=info)
    with ZipFile(tmp_path / "x.zip") as archive:
        told = archive.read("pack/bag-info.txt").decode()
    assert told == "External-Identifier: N1 Payload-Oxum: 9.9\nPayload-Oxum: 1.1\n"
    assert verify_pack(tmp_path / "x.zip").ok


@pytest.mark.parametrize("names", [["../a"], ["/etc/x"], ["a%0A"], ["A.txt", "a.txt"], ["a:b"]])
def test_names_that_not_every_system_can_hold_are_refused(tmp_path: Path, names: list[str]):
    with pytest.raises(BadInput):
        write_bag(tmp_path / "x.zip", dict.fromkeys(names, b""), folder="pack", info={})


def test_a_file_that_is_gone_or_changed_is_named(tmp_path: Path):
    file = tmp_path / "a.jpg"
    with pytest.raises(BadInput, match=r"pictures/a\.jpg"):
        write_bag(tmp_path / "x.zip", {"pictures/a.jpg": file}, folder="pack", info={})
    file.write_bytes(b"new")
    with pytest.raises(BadInput, match="changed while it was packed"):
        write_bag(
            tmp_path / "x.zip", {"a.jpg": file}, folder="pack", info={}, expected={"a.jpg": "0"}
        )


names = st.text(max_size=20).map(safe_name)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.lists(names, min_size=1, max_size=3).map("/".join),
        st.binary(max_size=50),
        min_size=1,
        max_size=5,
    )
)
def test_every_safe_path_comes_back_by_the_manifest(payload: dict[str, bytes]):
    folded = {path.casefold(): path for path in payload}
    # A name cannot be a file and a folder at once, nor differ from another in case only.
    kept = {
        path: payload[path]
        for path in folded.values()
        if not any(other.casefold().startswith(f"{path.casefold()}/") for other in payload)
    }
    with TemporaryDirectory() as folder:
        out = Path(folder) / "x.zip"
        write_bag(out, kept, folder="pack", info={})
        assert verify_pack(out).ok
        with ZipFile(out) as archive:
            archive.extractall(folder)
        bag = bagit.Bag(str(Path(folder) / "pack"))
        assert set(bag.payload_entries()) == {f"data/{path}" for path in kept}
        assert bag.is_valid()
