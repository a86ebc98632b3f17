from invented_matter import Example

from workbench.appeal.matter import gather
from workbench.appeal.matter_rows import campaign_rows
from workbench.appeal.timeline import timeline


def test_campaigns_are_read_once_each_oldest_first(example: Example):
    assert campaign_rows(example.tables, str)["name"].tolist() == ["双十一", "元旦活动"]
    assert campaign_rows({}, str).empty


def test_what_happened_in_its_order(example: Example):
    matter = gather(example.case, example.tables, example.assessment)
    rows = timeline(matter, "en")
    told = [(row["when"], row["what"]) for row in rows]
    assert told[:5] == [
        ("2026-01-01 00:00", "Campaign “元旦活动” begins (until 2026-01-01 23:59)."),
        (
            "2026-01-01 10:00",
            "First order of group G-aaaaaaaa (2 orders, the last at 2026-01-01 11:00).",
        ),
        ("2026-01-04 08:00", "The platform decides."),
        ("2026-01-05 08:00", "The platform issues the notice."),
        ("2026-01-12 08:00", "The time for the appeal ends."),
    ]
    assert [what for _, what in told[5:]] == [
        "Evidence is added: no. 1, 2.",
        "Decisions are written down: 3.",
    ]
