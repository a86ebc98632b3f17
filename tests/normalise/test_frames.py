import pandas as pd

from workbench.normalise import Address, address_frame, normalise_address, phone_frame


def test_one_row_per_address_in_its_index() -> None:
    texts = pd.Series(["浙江杭州余杭", None, "朝阳区", "浙江杭州余杭"], index=list("abcd"))
    frame = address_frame(texts)
    assert frame.index.tolist() == list("abcd")
    assert frame.district.tolist() == ["余杭区", None, None, "余杭区"]
    assert frame.code.tolist() == ["330110", None, None, "330110"]
    assert frame.candidates.tolist() == [(), (), ("110105", "220104"), ()]
    assert Address(**frame.loc["a"].to_dict()) == normalise_address("浙江杭州余杭")


def test_one_row_per_phone() -> None:
    frame = phone_frame(pd.Series(["13812345678", None, "4155550123"]), "1")
    assert frame.kind.tolist() == ["opaque", "empty", "foreign"]
    assert frame.number.tolist()[2] == "+14155550123"


def test_nothing_to_do() -> None:
    assert address_frame(pd.Series([], dtype="object")).shape == (0, 10)
