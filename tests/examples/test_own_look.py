"""The example of a look of one's own builds, and shows what it promises."""

import base64
import json
from pathlib import Path

import pytest
from payframe.widget.build import build
from payframe.widget.elements import Element, find_elements

EXAMPLE = Path("examples/own-look")


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("own-look")
    build(EXAMPLE / "payframe.toml", out)
    return (out / "index.html").read_text("utf-8")


def element(html: str, kind: str) -> Element:
    (found,) = [each for each in find_elements(html).elements if each.kind == kind]
    return found


def test_brand_and_footer_are_its_own_and_the_rest_is_ours(html: str) -> None:
    assert "Tea since 1911" in html
    assert "<svg" in html
    assert "id=pay" in html
    assert html.count("<h1") == 1


def test_its_style_comes_after_ours(html: str) -> None:
    assert element(html, "style").content.endswith("footer{margin-top:1.5em;text-align:center}")


def test_its_words_stand_with_ours(html: str) -> None:
    texts = json.loads(element(html, "data").content)["texts"]
    assert texts["pay_cash"] == "Order for {amount}"
    assert texts["pay"] == "Pay {amount}"


def test_its_method_is_offered_and_no_other_of_ours_than_named(html: str) -> None:
    script = element(html, "script").content
    assert "pay_cash" in script
    assert "pay_qr" not in script


def test_its_method_has_a_label_and_a_logo_of_its_own(html: str) -> None:
    offer = json.loads(element(html, "data").content)["offers"]["cash"]
    assert offer["label"] == "Cash at the counter"
    kind, _, picture = offer["logo"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(picture) == (EXAMPLE / "cash.svg").read_bytes()
