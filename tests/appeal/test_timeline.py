from invented_matter import Example

from appeal.told_letter import told_letter
from workbench.appeal.matter import gather
from workbench.appeal.render.links import without_links


def test_every_moment_says_where_it_is_written(example: Example):
    rows = told_letter(example, "en")["timeline"]
    whens = [row["when"] for row in rows]
    assert whens == sorted(whens)
    told = {row["what"]: row for row in rows}
    assert any("元旦活动" in what for what in told)
    assert not any("双十一" in what for what in told)
    placed = next(row for row in rows if "1001" in without_links(row["what"]))
    assert placed["when"] == "2026-01-01 10:00"
    assert without_links(placed["where"]) == "S1, 2"
    decided = next(row for row in rows if "record" in row["where"])
    assert decided["when"] >= "2026-01-05 08:00"


def test_the_timeline_is_of_the_orders_that_the_letter_is_about(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    assert set(matter.chronology["order_id"]) <= {"", "1001", "1002", "1004", "9999"}
    assert matter.timeline["count"].sum() == len(matter.chronology)
