"""A method of one's own asks for a phone number, and the gateway gets it as the attempt's data."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from payframe.harness.server.in_process import running
from payframe.widget.build import build
from payframe.widget.config import load
from playwright.sync_api import Page, Request, expect

from tests.e2e.widget_page import WidgetPage

CONFIG = Path("examples/own-look/payframe.toml")


@pytest.fixture
def teahouse(page: Page, tmp_path: Path) -> Iterator[WidgetPage]:
    build(CONFIG, tmp_path)
    with running(load(CONFIG), tmp_path) as server:
        shop = WidgetPage(page, server.addresses.seller)
        shop.open(server.new_payment("12.50", "USD"))
        yield shop


def test_what_a_method_of_ones_own_asks_for_reaches_the_gateway(teahouse: WidgetPage) -> None:
    attempts: list[Any] = []

    def note(request: Request) -> None:
        if request.url.endswith("/attempts"):
            attempts.append(request.post_data_json)

    teahouse.page.on("request", note)
    teahouse.frame.get_by_role("radio", name="Cash at the counter").check()
    order = teahouse.frame.get_by_role("button", name="Order for $12.50")
    order.click()
    phone = teahouse.frame.get_by_label("Phone number")
    expect(phone).to_be_focused()
    expect(phone).to_have_accessible_description("Enter a phone number.")
    phone.fill("+1 555 0100")
    order.click()
    teahouse.expect_paid()
    assert [(each["method"], each["data"]) for each in attempts] == [
        ("cash", {"phone": "+1 555 0100"})
    ]
