"""The server takes money once and tells the portal; its page works in a shop's frame."""

from payframe.testing import PaymentPage, Running, assert_gateway, assert_no_findings


def test_the_server_is_a_gateway(server: str, payframe_server: Running) -> None:
    assert_gateway(f"{server}/gateway", server=payframe_server)


def test_a_card_pays(seller_page: PaymentPage) -> None:
    seller_page.open()
    seller_page.frame.get_by_label("Card number").fill("4242 4242 4242 4242")
    seller_page.frame.get_by_label("Expiry date").fill("12 / 40")
    seller_page.frame.get_by_label("Security code").fill("123")
    seller_page.frame.get_by_label("Name on card").fill("Ava Thompson")
    seller_page.frame.get_by_role("button", name="Pay $100.00").click()
    seller_page.wait_for_paid()
    assert seller_page.is_paid


def test_the_page_works_in_a_shops_frame(seller_page: PaymentPage) -> None:
    assert_no_findings(seller_page)
