import hashlib
import json

from invented_matter import PERSONAL, Example

from workbench.appeal.history import event_lines
from workbench.appeal.matter import gather
from workbench.case import head


def remade(event: dict[str, object]) -> str:
    record = {name: value for name, value in event.items() if name != "hash"}
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_anybody_can_make_the_hashes_again(example: Example):
    lines = [json.loads(line) for line in event_lines(example.case, str).splitlines()]
    assert len(lines) == 5
    assert all(remade(line) == line["hash"] for line in lines)
    assert [line["previous_hash"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    assert lines[-1]["hash"] == head(example.case.database)


def test_masked_events_say_so_and_the_others_can_still_be_made_again(example: Example):
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    text = event_lines(example.case, matter.conceal).decode()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line.get("masked", False) for line in lines] == [True, False, True, False, False]
    assert all(remade(line) == line["hash"] for line in lines if "masked" not in line)
    assert not [marker for marker in PERSONAL if marker in text]
    assert json.loads(lines[0]["body"])["sha256"] == example.evidence["scans"]
