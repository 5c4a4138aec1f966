"""Everything can be done from the keyboard, and while typing the card helps itself along."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.shop import Shop
from tests.e2e.widget_page import DECLINED
from tests.slow import slow


def focused(shop: Shop) -> str:
    name: str = shop.evaluate(
        """() => { const e = document.activeElement;
          return e.labels?.[0]?.textContent.trim() || e.textContent.trim() || e.tagName }"""
    )
    return name


def test_the_keyboard_alone_pays(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    keys = shop.page.keyboard
    shop.ways.last.focus()
    keys.press("Tab")
    order = []
    for text in ("", "4242424242424242", "1230", "123", "Ava Thompson"):
        order.append(focused(shop))
        keys.type(text)
        keys.press("Tab")
    order.append(focused(shop))
    assert order == [
        "Card",
        "Card number",
        "Expiry date",
        "Security code",
        "Name on card",
        "Pay $100.00",
    ]
    keys.press("Enter")
    shop.expect_state("paid")
    assert focused(shop) == "Paid"
    keys.press("Tab")
    assert focused(shop) == "Return to the shop"
    keys.press("Enter")
    shop.expect_paid()


def test_arrows_choose_the_method(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.frame.get_by_role("radio", name="Card").focus()
    shop.page.keyboard.press("ArrowDown")
    expect(shop.frame.get_by_role("radio", name="Bank account")).to_be_checked()
    expect(shop.frame.get_by_label("Card number")).to_be_hidden()


def test_focus_can_be_seen(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    for role, name in (("textbox", "Card number"), ("button", "Pay $100.00")):
        element = shop.frame.get_by_role(role, name=name)  # type: ignore[arg-type]
        element.focus()
        shop.page.keyboard.press("Shift+Tab")
        shop.page.keyboard.press("Tab")
        expect(element).to_be_focused()
        expect(element).to_have_css("outline-style", "solid")


def test_the_first_wrong_field_gets_the_focus(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.frame.get_by_label("Card number").fill("4242 4242 4242 4242")
    shop.pay_button.press("Enter")
    expiry = shop.frame.get_by_label("Expiry date")
    expect(expiry).to_be_focused()
    expect(expiry).to_have_accessible_description("Fill in this field.")
    expect(expiry).to_have_attribute("aria-invalid", "true")


def test_a_refusal_is_read_out_first(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.pay(DECLINED)
    expect(shop.alert).to_be_focused()
    shop.page.keyboard.press("Tab")
    assert focused(shop) == "Card"


def test_what_is_cleared_after_a_refusal_is_not_called_wrong(shop: Shop) -> None:
    shop.page.clock.install()
    shop.open(shop.demo.new_payment())
    shop.pay(DECLINED)
    shop.expect_state("failed")
    shop.page.clock.run_for(500)
    expect(shop.frame.get_by_label("Security code")).to_have_value("")
    expect(shop.frame.locator("[aria-invalid=true]")).to_have_count(0)


def test_errors_come_on_leaving_a_field_not_while_typing(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    number = shop.frame.get_by_label("Card number")
    number.press_sequentially("4000")
    expect(number).not_to_have_attribute("aria-invalid", "true")
    number.blur()
    expect(shop.frame.get_by_text("Check the card number.")).to_be_visible()
    number.fill("4000 0000 0000 0002")
    expect(shop.frame.get_by_text("Check the card number.")).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "shown", "brand"),
    [
        ("4242424242424242", "4242 4242 4242 4242", "Visa"),
        *slow(
            ("5555555555554444", "5555 5555 5555 4444", "Mastercard"),
            ("378282246310005", "3782 822463 10005", "American Express"),
            ("4242-4242-4242-4242", "4242 4242 4242 4242", "Visa"),
            ("42424242424242429999999999", "4242 4242 4242 4242 999", "Visa"),
        ),
    ],
)
def test_a_number_is_grouped_and_its_brand_shown(
    shop: Shop, typed: str, shown: str, brand: str
) -> None:
    shop.open(shop.demo.new_payment())
    number = shop.frame.get_by_label("Card number")
    number.press_sequentially(typed)
    expect(number).to_have_value(shown)
    expect(shop.frame.locator("#card-brand")).to_have_text(brand)


def test_the_caret_stays_where_a_digit_is_corrected(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    number = shop.frame.get_by_label("Card number")
    number.fill("4242 4222 4242 4242")
    number.evaluate("(input) => input.setSelectionRange(7, 7)")
    shop.page.keyboard.press("Backspace")
    shop.page.keyboard.press("4")
    expect(number).to_have_value("4242 4422 4242 4242")


def test_the_expiry_brings_its_own_slash_and_takes_it_back(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    expiry = shop.frame.get_by_label("Expiry date")
    expiry.press_sequentially("1230")
    expect(expiry).to_have_value("12 / 30")
    for _ in range(3):
        shop.page.keyboard.press("Backspace")
    expect(expiry).to_have_value("1")
    expiry.fill("")
    expiry.press_sequentially("7")
    expect(expiry).to_have_value("07 / ")


CASES = json.loads(Path("tests/expiries.json").read_text("utf-8"))["cases"]
# As a key, a paste and autofill do it: an input event after the value has changed.
ENTER_ALL = """([cases, at_once]) => {
  const field = document.getElementById("card-expiry");
  return cases.map(([entered]) => {
    field.value = "";
    field.dispatchEvent(new InputEvent("input"));
    for (const piece of at_once ? [entered] : entered) {
      field.setRangeText(piece, field.value.length, field.value.length, "end");
      field.dispatchEvent(new InputEvent("input"));
    }
    return field.value;
  });
}"""


@pytest.mark.parametrize("at_once", [False, *slow(True)], ids=["typed", "pasted or filled in"])
def test_an_expiry_is_understood_in_every_form(shop: Shop, at_once: bool) -> None:
    shop.open(shop.demo.new_payment())
    widget = shop.frame.locator("#page")
    shown = widget.evaluate(f"(_, given) => ({ENTER_ALL})(given)", [CASES, at_once])
    assert dict(zip((entered for entered, _ in CASES), shown, strict=True)) == dict(CASES)


@pytest.mark.parametrize("entered", ["2027-12", *slow("1/27", "01/2027", "1 27")])
def test_an_expiry_is_understood_as_keys_and_clipboard_bring_it(shop: Shop, entered: str) -> None:
    wanted = dict(CASES)[entered]
    shop.open(shop.demo.new_payment())
    expiry = shop.frame.get_by_label("Expiry date")
    expiry.press_sequentially(entered)
    expect(expiry).to_have_value(wanted)
    expiry.fill(entered)
    expect(expiry).to_have_value(wanted)
    # Over what is there, from the clipboard.
    name = shop.frame.get_by_label("Name on card")
    name.fill(entered)
    name.press("ControlOrMeta+a")
    name.press("ControlOrMeta+c")
    expiry.press("ControlOrMeta+a")
    expiry.press("ControlOrMeta+v")
    expect(expiry).to_have_value(wanted)


def test_an_unfinished_expiry_says_so_when_it_is_left(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    expiry = shop.frame.get_by_label("Expiry date")
    for typed in ("1", "12", "12/2", "12/202", "2027-1"):
        expiry.fill("")
        expiry.press_sequentially(typed)
        expect(expiry).not_to_have_attribute("aria-invalid", "true")
        expiry.blur()
        expect(expiry).to_have_accessible_description("Check the expiry date.")
        expiry.fill("12 / 40")


def test_autofill_knows_the_fields(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    tokens = {
        "Card number": ("cc-number", "numeric"),
        "Expiry date": ("cc-exp", "numeric"),
        "Security code": ("cc-csc", "numeric"),
        "Name on card": ("cc-name", "text"),
    }
    for label, (autocomplete, keyboard) in tokens.items():
        field = shop.frame.get_by_label(label)
        expect(field).to_have_attribute("autocomplete", autocomplete)
        assert field.evaluate("(input) => input.inputMode || input.type") == keyboard
