"""The gateway takes money once, by Stripe, and tells the portal."""

import httpx

from payframe.testing import Running, assert_gateway


def test_the_server_is_a_gateway(server: str, payframe_server: Running) -> None:
    assert_gateway(f"{server}/gateway", server=payframe_server)


def test_what_is_no_event_of_stripes_is_refused(server: str) -> None:
    assert httpx.post(f"{server}/gateway/notifications", content="paid").is_client_error


def test_the_page_may_load_stripes_fields_and_nothing_else(
    server: str, payframe_widget: None
) -> None:
    policy = httpx.get(f"{server}/widget/").headers["content-security-policy"]
    assert "https://js.stripe.com" in policy
    assert "unsafe" not in policy
