"""The gateway takes money once and tells the portal; its page works in a shop's frame."""

from payframe.testing import PaymentPage, Running, assert_gateway, assert_no_findings


def test_the_server_is_a_gateway(server: str, payframe_server: Running) -> None:
    assert_gateway(f"{server}/gateway", server=payframe_server)


def pay(seller_page: PaymentPage, number: str) -> None:
    seller_page.frame.get_by_label("Card number").fill(number)
    seller_page.frame.get_by_label("Expiry date").fill("12 / 40")
    seller_page.frame.get_by_label("Security code").fill("123")
    seller_page.frame.get_by_label("Name on card").fill("Ava Thompson")
    seller_page.frame.get_by_role("button", name="Pay $100.00").click()


def test_a_card_pays(seller_page: PaymentPage) -> None:
    seller_page.open()
    pay(seller_page, "4242 4242 4242 4242")
    seller_page.wait_for_paid()
    assert seller_page.is_paid


def test_a_declined_card_says_why_and_another_can_be_tried(seller_page: PaymentPage) -> None:
    seller_page.open()
    pay(seller_page, "4000 0000 0000 9995")
    seller_page.frame.get_by_text("There is not enough money on this card.").wait_for()
    assert not seller_page.is_paid
    pay(seller_page, "4242 4242 4242 4242")
    seller_page.wait_for_paid()


def test_the_page_works_in_a_shops_frame(seller_page: PaymentPage) -> None:
    assert_no_findings(seller_page)
