"""2,000 messages that no seller's page should send, posted to the page in a real browser."""

import subprocess

import deno
import pytest

from tests.e2e.shop import Shop

MESSAGES = 1000
"""Before the handshake, and as many after it."""

# Messages arrive in order: once the last one has been answered all before it have been read.
SETTLED = """() => new Promise((resume) => {
  addEventListener("message", resume, { once: true });
  postMessage("done", "*");
})"""


def post_hostile(shop: Shop, *kind: str) -> None:
    """Make up messages and post them from the shop's page."""
    made = subprocess.run(
        [
            *(deno.find_deno_bin(), "run", "--quiet", "--frozen", "tests/widget/hostile.ts"),
            *(str(MESSAGES), *kind),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    posted = shop.page.evaluate(
        f"""() => {{
          const messages = {made.stdout};
          for (const message of messages) frames.restPaymentFrame.postMessage(message, "*");
          return messages.length;
        }}"""
    )
    assert posted == MESSAGES
    shop.evaluate(SETTLED)


def watch(shop: Shop) -> list[str]:
    """The requests that the page makes from now on."""
    seen: list[str] = []
    shop.page.on("request", lambda request: seen.append(request.url))
    return seen


@pytest.mark.slow
def test_before_the_handshake_nothing_of_it_is_taken(troubled_shop: Shop) -> None:
    shop = troubled_shop
    shop.silence()
    shop.open(shop.demo.new_payment(), until="waiting")
    seen = watch(shop)
    post_hostile(shop, "incomplete")
    # Which says what is missing, and waits.
    shop.expect_state("broken")
    assert seen == []
    shop.post(shop.last_message())
    shop.expect_state("ready")


def test_after_the_handshake_nothing_changes_any_more(shop: Shop) -> None:
    shop.open(shop.demo.new_payment())
    shop.fill_card()
    look = "() => document.body.outerHTML + document.documentElement.style.cssText"
    before, sizes, seen = shop.evaluate(look), shop.sizes(), watch(shop)
    post_hostile(shop)
    shop.expect_state("ready")
    assert shop.evaluate(look) == before
    assert (shop.sizes(), seen) == (sizes, [])
