"""The demo's own pages as a designer looks at them: whole numbers, room for a finger."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.shop import Shop
from tests.e2e.states import choose, submit
from tests.slow import slow

LONG = "1,234,567,890,123.45"
FORCED = pytest.mark.browser_context_args(forced_colors="active")
# Words and numbers of a page that stand on more than one line.
BROKEN = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), broken = [];
  for (let node; node = walker.nextNode();) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest("pre")) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]+((?<=\p{N})[.,]\p{N}+)*/gu)) {
      const range = new Range();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) {
        broken.push(word);
      }
    }
  }
  return broken;
}"""
# What is cut off by an element that hides what does not fit, or by the window.
CUT_OFF = """() => [...document.querySelectorAll("main, main *, header *")].filter((each) =>
  each.checkVisibility() && each.scrollWidth > each.clientWidth + 1 && each.clientWidth &&
  getComputedStyle(each).display !== "inline" && each.tagName !== "INPUT"
).map((each) => `${each.tagName}.${each.className}`)"""
# Links and buttons that a finger of 44 px misses: what is there above and below their middle?
# Links inside a sentence are as high as its line.
SMALL = """() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter((each) => each.checkVisibility() && !each.closest(".lead")).filter((each) => {
    each.scrollIntoView({ block: "center", behavior: "instant" });
    const box = each.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    return [y - 21, y + 21].some((at) => {
      const hit = document.elementFromPoint(x, at);
      return !hit || hit !== each && !each.contains(hit) && hit.closest("label")?.control !== each;
    });
  }).map((each) => each.outerHTML)"""


@pytest.mark.parametrize("width", [320, *slow(360, 768, 1280)])
@pytest.mark.parametrize("theme", ["brand", *slow("light")])
def test_no_page_breaks_an_amount_or_cuts_it_off(shop: Shop, width: int, theme: str) -> None:
    shop.resize(width)
    payment = shop.demo.new_payment("1234567890123.45", "IDR")
    shop.demo.new_payment("9007199254740993.01", "USD")
    for path in ("?", f"payments/{payment}?inspect=1&", "payments/new?"):
        shop.page.goto(f"{shop.seller}/{path}theme={theme}")
        assert shop.page.evaluate(BROKEN) == []
        assert shop.page.evaluate(CUT_OFF) == []
        assert shop.page.evaluate("document.documentElement.scrollWidth") == width
    shop.open(payment, theme)
    shop.pay()
    shop.expect_state("paid")
    assert shop.document.evaluate(BROKEN) == []
    shop.expect_paid()
    assert LONG in (shop.page.locator(".summary .total").text_content() or "")
    assert shop.page.evaluate(BROKEN) == []


def test_the_details_of_a_transfer_break_no_number(shop: Shop) -> None:
    shop.resize(320)
    shop.open(shop.demo.new_payment("1234567890123.45", "IDR"), "brand")
    choose(shop, "transfer")
    submit(shop)
    shop.expect_state("action_required")
    assert shop.document.evaluate(BROKEN) == []


@pytest.mark.parametrize("width", [320, *slow(1280)])
def test_the_banks_pages_break_no_amount(shop: Shop, width: int) -> None:
    shop.resize(width)
    shop.open(shop.demo.new_payment("1234567890123.45", "IDR"))
    shop.frame.get_by_role("radio", name="Bank account").check()
    submit(shop)
    expect(shop.page.get_by_role("heading", name="Pay from your account")).to_be_visible()
    expect(shop.page.get_by_text(LONG)).to_be_visible()
    assert shop.page.evaluate(BROKEN) == []


@FORCED
@pytest.mark.parametrize("theme", ["light", *slow("dark")])
def test_forced_colours_show_what_is_chosen(shop: Shop, theme: str) -> None:
    shop.open(shop.demo.new_payment(), theme)
    for choice, chosen in (
        (shop.ways, shop.page.locator("[aria-pressed=true]")),
        (shop.page.locator(".themes a"), shop.page.locator(".themes a[aria-current]")),
    ):
        grounds = [ground(each) for each in choice.all()]
        assert len(set(grounds)) == 2
        assert grounds.count(ground(chosen)) == 1


def ground(of: Locator) -> str:
    colour: str = of.evaluate("(element) => getComputedStyle(element).backgroundColor")
    return colour


@pytest.mark.parametrize("width", [360, *slow(1280)])
def test_a_finger_finds_every_control(shop: Shop, width: int) -> None:
    shop.resize(width)
    paid = shop.demo.new_payment()
    for path in ("", "payments/new", f"payments/{paid}", f"payments/{paid}?inspect=1"):
        shop.page.goto(f"{shop.seller}/{path}")
        assert shop.page.evaluate(SMALL) == [], path


def test_the_inspection_has_every_column_on_a_phone(shop: Shop) -> None:
    shop.resize(360)
    shop.visit(shop.demo.new_payment(), "inspect=1")
    for cell in shop.page.locator("#inspected-values tbody td").all():
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert column(shop.page, "Sent as") == '"Sent as"'


def column(page: Page, name: str) -> str:
    cell = page.locator(f"#inspected-values td[data-column='{name}']").first
    content: str = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    return content
