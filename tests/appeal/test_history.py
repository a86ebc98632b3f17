import hashlib
import json

from invented_matter import PERSONAL, Example

from workbench.appeal.history import event_lines
from workbench.appeal.matter import gather
from workbench.case import head

# What stands beside the chain: a reader leaves it out and makes the hash again.
BESIDE = ("hash", "body", "salt", "masked", "purged")


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def remade(event: dict[str, object]) -> str:
    bound = {name: value for name, value in event.items() if name not in BESIDE}
    return hashlib.sha256(canonical(bound).encode()).hexdigest()


def remade_body(event: dict[str, object]) -> str:
    return hashlib.sha256(f"{event['salt']}\n{canonical(event['body'])}".encode()).hexdigest()


def test_anybody_can_make_the_hashes_again(example: Example):
    lines = [json.loads(line) for line in event_lines(example.case, str).splitlines()]
    assert len(lines) == 5
    assert all(remade(line) == line["hash"] for line in lines)
    assert all(remade_body(line) == line["body_hash"] for line in lines)
    assert [line["previous_hash"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    assert lines[-1]["hash"] == head(example.case.database)


def test_the_chain_of_masked_events_can_be_checked_and_their_bodies_not(example: Example):
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    text = event_lines(example.case, matter.conceal).decode()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line.get("masked", False) for line in lines] == [True, False, True, False, False]
    assert all(remade(line) == line["hash"] for line in lines)
    assert all(remade_body(line) == line["body_hash"] for line in lines if "salt" in line)
    assert ["salt" in line for line in lines] == [False, True, False, True, True]
    assert not [marker for marker in PERSONAL if marker in text]
    assert lines[0]["body"]["sha256"] == example.evidence["scans"]
