"""A widget that takes payments for one other shop only: the demo's must be refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.demo import Demo
from tests.e2e.shop import Shop


@pytest.fixture(scope="module")
def payframe_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("choosy")
    config = folder / "payframe.toml"
    text = Path("payframe.toml").read_text()
    config.write_text(
        text.replace("allowed_sellers = []", 'allowed_sellers = ["https://shop.example"]')
    )
    running = Demo.start(folder / "harness.db", "--config", str(config), "--out", f"{folder}/dist")
    yield running
    assert running.stop() == 0


def test_the_server_refuses_a_shop_that_is_not_allowed(troubled_shop: Shop) -> None:
    """By frame-ancestors."""
    shop = troubled_shop
    shop.page.goto(shop.url(shop.demo.new_payment()))
    shop.wait_for_load()
    shop.catch_up()
    assert any("frame-ancestors" in error for error in shop.errors)


def test_the_page_refuses_it_where_a_host_forgets_the_header(troubled_shop: Shop) -> None:
    shop = troubled_shop
    shop.page.route(
        "**/widget/",
        lambda route: route.fulfill(
            body=route.fetch().text(), content_type="text/html; charset=utf-8"
        ),
    )
    shop.open(shop.demo.new_payment(), until="broken")
    sentence = f"does not take payments for {shop.seller}"
    expect(shop.frame.get_by_text(sentence)).to_be_visible()
