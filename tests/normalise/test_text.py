import pytest
from hypothesis import given

from tests.normalise.strategies import addresses
from workbench.normalise import plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ａ座１２０１　室", "a座1201 室"),
        ("  中山路\t18號\n", "中山路 18号"),
        ("【门口】、3＃", "(门口),3#"),
        ("中山\u200b路", "中山路"),
        ("臺北", "台北"),
        ("", ""),
    ],
)
def test_one_form(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(addresses)
def test_again_it_is_the_same(text: str) -> None:
    assert plain_text(plain_text(text)) == plain_text(text)
