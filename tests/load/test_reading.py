import pytest

from tests.load.made import ORDERS, load, order, text_file
from workbench.load.decide import Decided
from workbench.load.formats import built_in
from workbench.load.reading import Reading, reading_path


@pytest.mark.parametrize("form", built_in(), ids=lambda form: form.name)
def test_every_format_comes_back_as_it_was(form):
    decided = Decided({"created_at": "day-first"}, {"amount": "comma"})
    reading = Reading(form, ("订单编号", ""), 1, decided, ",", "UTC", "CNY")
    assert Reading.from_json(reading.to_json()) == reading


def test_what_is_no_reading_is_not_read():
    with pytest.raises(ValueError, match="no reading"):
        Reading.from_json("[]")
    with pytest.raises(KeyError):
        Reading.from_json('{"kind": "Path"}')


def test_the_reading_of_a_file_lies_beside_its_rows(tmp_path):
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", ORDERS, [order(1)]))
    path = reading_path(tmp_path / "case/tables", "orders", report.sha256)
    reading = Reading.from_json(path.read_text("utf-8"))
    assert reading.headers == tuple(ORDERS)
    assert (reading.form.name, reading.headless, reading.zone) == (
        "canonical_orders",
        -1,
        "Asia/Shanghai",
    )
