"""Acme's payment page in a shop: it shows the amount, takes the money and looks as it did."""

import pytest
from playwright.sync_api import expect

from payframe.testing import PaymentPage, assert_no_findings


@pytest.mark.payframe(amount="38.750", currency="KWD", theme="dark")
def test_it_takes_the_message_after_every_load(seller_page: PaymentPage) -> None:
    seller_page.open()
    expect(seller_page.frame.get_by_text("38.750 KWD")).to_be_visible()
    assert seller_page.last_message()["merchant"] == "acme-4411"
    seller_page.reload_frame()
    expect(seller_page.frame.get_by_text("38.750 KWD")).to_be_visible()


def test_it_can_be_paid(seller_page: PaymentPage) -> None:
    seller_page.open()
    seller_page.frame.get_by_label("Card number").fill("4242 4242 4242 4242")
    seller_page.frame.get_by_role("button", name="Pay").click()
    seller_page.wait_for_paid()
    assert seller_page.is_paid


def test_who_is_declined_can_take_another_card(seller_page: PaymentPage) -> None:
    seller_page.open()
    card = seller_page.frame.get_by_label("Card number")
    pay = seller_page.frame.get_by_role("button", name="Pay")
    card.fill("4000 0000 0000 0002")
    pay.click()
    expect(seller_page.frame.get_by_text("declined")).to_be_visible()
    assert not seller_page.is_paid
    card.fill("4242 4242 4242 4242")
    pay.click()
    seller_page.wait_for_paid()


def test_it_works_as_a_payment_frame(seller_page: PaymentPage) -> None:
    assert_no_findings(seller_page, rules=["sizing/no-size", "handshake/second-load"])


@pytest.mark.payframe(viewport=(360, 740))
def test_it_looks_as_it_did_on_a_phone(seller_page: PaymentPage) -> None:
    seller_page.open()
    expect(seller_page.frame.get_by_text("100.00 USD")).to_be_visible()
    seller_page.assert_snapshot("phone")
