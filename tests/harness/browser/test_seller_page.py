"""The page object: what a test or the check can see of a payment page, and do to it."""

from collections.abc import Iterator

import pytest
from payframe.harness.browser.seller_page import NoFrameError, SellerPage
from payframe.harness.server.in_process import Running, running
from payframe.widget.config import CONFIG, load
from payframe.widget.handler import Mapping
from playwright.sync_api import Page, expect

from tests.check.zoo import zoo


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, int]]:
    """A shop, and its payment system whose frame shows a plain page."""
    with running(load(CONFIG), tmp_path_factory.mktemp("dist")) as server, zoo() as pages:
        settings = {
            "IFRAME_DATA": {
                "ACTION_URI": f"{pages}/good/plain.html",
                "FIELDS": {"shop": {"CODE": "SHOP"}},
            },
            "CODES": {"SHOP": {"NAME": "Shop"}},
        }
        mappings = {"SHOP": Mapping(TYPE="VALUE", VALUE="4411")}
        yield server, server.register(settings, mappings)


@pytest.fixture
def payment(shop: tuple[Running, int]) -> int:
    server, system = shop
    return server.new_payment("38.750", "KWD", through=system)


@pytest.fixture
def seller(page: Page, shop: tuple[Running, int]) -> SellerPage:
    return SellerPage(page, shop[0].addresses.seller)


def handshakes(seller: SellerPage) -> list[dict[str, object]]:
    seller.catch_up()
    return [each.data for each in seller.messages if each.to == "frame"]


def test_it_hears_both_sides(seller: SellerPage, payment: int) -> None:
    seller.open(payment)
    expect(seller.frame.get_by_text("38.75 KWD")).to_be_visible()
    (handshake,) = handshakes(seller)
    assert handshake["shop"] == "4411"
    assert handshake["BX_COMPUTED_STYLE"]["named"] > 100  # type: ignore[index]
    assert seller.sizes()
    assert all(each.own for each in seller.messages)
    expect(seller.iframe).to_have_css("height", f"{seller.sizes()[-1]['height']}px")
    assert seller.size.height == seller.sizes()[-1]["height"]


def test_the_seller_posts_again_after_a_reload(seller: SellerPage, payment: int) -> None:
    seller.open(payment)
    expect(seller.frame.get_by_text("38.75 KWD")).to_be_visible()
    seller.reload_frame()
    expect(seller.frame.get_by_text("38.75 KWD")).to_be_visible()
    assert len(handshakes(seller)) == 2


def test_a_silenced_page_speaks_when_asked(seller: SellerPage, payment: int) -> None:
    seller.silence()
    seller.open(payment)
    seller.wait_for_load()
    expect(seller.frame.get_by_text("Waiting for the shop")).to_be_visible()
    assert handshakes(seller) == []
    seller.speak()
    expect(seller.frame.get_by_text("38.75 KWD")).to_be_visible()


def test_the_message_can_be_changed(seller: SellerPage, payment: int) -> None:
    seller.tamper("message.BX_SYSTEM_PARAMS.SUM = argument", 12)
    seller.open(payment)
    expect(seller.frame.get_by_text("12 KWD")).to_be_visible()


def test_the_style_can_be_withheld_as_firefox_does(seller: SellerPage, payment: int) -> None:
    seller.withhold_style()
    seller.open(payment)
    expect(seller.frame.get_by_text("38.75 KWD")).to_be_visible()
    (handshake,) = handshakes(seller)
    assert handshake["BX_COMPUTED_STYLE"] == {"named": 0}


def test_a_message_of_another_window_is_not_the_sellers_own(
    seller: SellerPage, payment: int
) -> None:
    seller.open(payment)
    expect(seller.frame.get_by_text("38.75 KWD")).to_be_visible()
    seller.page.evaluate(
        """() => document.body.appendChild(document.createElement("iframe"))
          .contentWindow.eval("parent.frames.restPaymentFrame.postMessage('hello', '*')")"""
    )
    seller.post("mine")
    seller.document.evaluate("() => new Promise((done) => setTimeout(done))")
    said = {each.data: each.own for each in seller.messages if isinstance(each.data, str)}
    assert said == {"hello": False, "mine": True}


def test_themes_and_widths(seller: SellerPage, payment: int) -> None:
    seller.open(payment, "dark")
    assert seller.theme == "dark"
    seller.resize(360)
    narrow = seller.size.width
    seller.resize(700)
    assert seller.size.width > narrow


def test_a_page_without_a_frame_says_so(seller: SellerPage, payment: int) -> None:
    seller.open(payment)
    seller.page.evaluate("document.querySelector('.pay').style.display = 'none'")
    with pytest.raises(NoFrameError, match="not visible"):
        _ = seller.size
