import hashlib

import pytest

from workbench.language import words
from workbench.widgets.file_receiver import FileReceiver


@pytest.fixture
def sent() -> list[dict]:
    return []


@pytest.fixture
def receiver(sent: list[dict], monkeypatch: pytest.MonkeyPatch) -> FileReceiver:
    made = FileReceiver(words("widgets", "en"), limit=10)
    monkeypatch.setattr(made, "send", lambda message, buffers=None: sent.append(message))
    return made


def part(receiver: FileReceiver, at: int, content: bytes, size: int) -> None:
    message = {"name": "证据.pdf", "size": size, "at": at, "turn": 1}
    receiver._handle_custom_msg(message, [memoryview(content)])


def test_parts_become_the_file(receiver: FileReceiver, sent: list[dict]):
    part(receiver, 0, b"abcd", 7)
    assert receiver.file is None
    part(receiver, 4, b"efg", 7)
    assert (receiver.file.name, receiver.file.content) == ("证据.pdf", b"abcdefg")
    assert [message["received"] for message in sent] == [4, 7]
    assert sent[0]["text"] == "4 of 7 bytes"
    digest = hashlib.sha256(b"abcdefg").hexdigest()
    assert sent[1]["text"] == f"7 bytes received · SHA-256 {digest}"


def test_an_empty_file_arrives_too(receiver: FileReceiver):
    part(receiver, 0, b"", 0)
    assert receiver.file.content == b""


def test_a_file_above_the_limit_is_refused(receiver: FileReceiver, sent: list[dict]):
    part(receiver, 0, b"a", 11)
    assert receiver.file is None
    assert sent[-1]["text"] == "The file is too large: 10 bytes are the limit."
    assert sent[-1]["again"] is True


def test_a_page_cannot_send_more_than_it_said(receiver: FileReceiver):
    part(receiver, 0, b"a" * 8, 10)
    part(receiver, 8, b"a" * 8, 10)
    assert receiver.file is None


def test_a_new_file_replaces_one_that_was_given_up(receiver: FileReceiver):
    part(receiver, 0, b"old", 9)
    part(receiver, 0, b"new", 3)
    part(receiver, 3, b"old", 9)
    assert receiver.file.content == b"new"


def test_clearing_forgets_it_here_and_in_the_page(receiver: FileReceiver, sent: list[dict]):
    part(receiver, 0, b"abc", 3)
    receiver.clear()
    assert receiver.file is None
    assert sent[-1] == {"received": 0, "text": "", "again": True, "turn": 1}


def test_a_received_file_lies_on_disk_until_it_is_forgotten(receiver: FileReceiver):
    part(receiver, 0, b"abc", 3)
    path = receiver.file.source
    assert path.read_bytes() == b"abc"
    assert receiver.file.sha256 == hashlib.sha256(b"abc").hexdigest()
    receiver.clear()
    assert not path.exists()


def test_a_disk_that_is_full_is_told(
    receiver: FileReceiver, sent: list[dict], monkeypatch: pytest.MonkeyPatch
):
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.open", full)
    part(receiver, 0, b"abc", 3)
    assert receiver.file is None
    assert sent[-1]["text"] == "The file cannot be received: No space left on device"
    assert sent[-1]["again"] is True
