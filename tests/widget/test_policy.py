"""The headers say to every browser what the page may do and who may show it."""

from pathlib import Path

import pytest
from payframe.widget.config import Widget, load
from payframe.widget.policy import headers, page_policy
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Page as Tab

from tests.widget.support import configured

PAGE = "<title><script>no</script></title><style>p{}</style><script>1</script>"


def test_the_whole_policy_and_the_sellers_are_in_the_header(tmp_path: Path) -> None:
    sellers = '["https://shop.example", "http://localhost:*"]'
    file = configured(tmp_path, "allowed_sellers = []", f"allowed_sellers = {sellers}")
    sent = headers("default-src 'none'", load(file).widget)
    assert sent["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors https://shop.example http://localhost:* 'self'"
    )


@pytest.mark.parametrize(
    ("gateway", "origin"),
    [("/gateway", "'self'"), ("https://api.example:8443/v1", "https://api.example:8443")],
)
def test_the_gateway_may_show_the_page_too(gateway: str, origin: str) -> None:
    """To buyers who have left a shop that is named."""
    widget = Widget(brand="B", gateway_url=gateway, allowed_sellers=["https://shop.example"])
    sent = headers("default-src 'none'", widget)
    assert sent["Content-Security-Policy"].endswith(f" https://shop.example {origin}")


def test_any_seller_may_show_the_page_where_none_is_named() -> None:
    sent = headers("default-src 'none'", Widget(brand="B"))
    assert sent["Content-Security-Policy"].endswith("; frame-ancestors *")


@pytest.mark.parametrize(
    ("gateway", "fetches", "connect"),
    [
        ("/gateway", False, "'self'"),
        ("/gateway", True, "'self'"),
        ("https://api.example:8443/v1", False, "https://api.example:8443"),
        ("https://api.example:8443/v1", True, "'self' https://api.example:8443"),
    ],
)
def test_the_page_reaches_its_gateway_and_the_words_beside_it(
    gateway: str, fetches: bool, connect: str
) -> None:
    policy = page_policy(PAGE, Widget(brand="B", gateway_url=gateway), fetches=fetches)
    assert f"; connect-src {connect}; " in policy


def test_only_what_stands_in_elements_of_its_own_may_run() -> None:
    policy = page_policy(PAGE, Widget(brand="B"), fetches=False)
    assert policy.count("'sha256-") == 2


def test_no_header_can_be_broken_out_of() -> None:
    for name, value in headers("default-src 'none'", Widget(brand='"\n$;')).items():
        assert not set('"\\$\r\n{}') & set(value), name


def test_browsers_know_every_feature_that_is_denied(page: Tab) -> None:
    told: list[ConsoleMessage] = []
    page.on("console", lambda message: told.append(message))
    sent = headers("default-src 'none'", Widget(brand="B"))
    page.route(
        "https://pay.example/", lambda route: route.fulfill(headers=sent, body="<p>The page")
    )
    page.goto("https://pay.example/")
    assert page.evaluate("document.featurePolicy.allowsFeature('camera')") is False
    assert [message.text for message in told] == []
