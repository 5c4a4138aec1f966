"""The scenes that are played with a form's receiver, by name. Each takes a Shop."""

from collections.abc import Callable
from urllib.parse import urlencode

from ..window import FOREIGN, PHONE, viewer
from .shop import Shop
from .visit import Played

AMOUNTS = ("249.9", "1700", "1234567890.12")
SCRIPT = "javascript:alert('payframe')//"
MARKUP = "\"'><img src=x onerror=\"alert('payframe')\"><b data-payframe>x</b>"
"""Runs where a value is put into HTML as it came."""


def sent(shop: Shop) -> Played:
    """The form of a payment is sent, in a window as wide as a desk's and as a phone's."""
    return Played(
        {
            "desktop": shop.send(shop.new_payment()),
            "phone": shop.send(shop.new_payment(), width=PHONE),
        }
    )


def again(shop: Shop) -> Played:
    """The buyer reloads the page, and goes back to the shop and sends the form a second time."""
    payment_id = shop.new_payment()
    with viewer(shop.browser, timeout=shop.timeout) as opened:
        first = shop.press(opened, payment_id)
        reloaded = opened.see(lambda page: page.reload())
        back = opened.see(lambda page: page.go_back())
        second = shop.press(opened, payment_id)
    return Played({"first": first, "reloaded": reloaded, "back": back, "second": second})


def amounts(shop: Shop) -> Played:
    """Orders of several amounts."""
    return Played({amount: shop.send(shop.new_payment(amount)) for amount in AMOUNTS})


def foreign_return(shop: Shop) -> Played:
    """BX_RETURN_URL is a foreign address, or a script."""
    return Played(
        {
            name: shop.send(shop.new_payment(), {"BX_RETURN_URL": address})
            for name, address in (("a foreign address", FOREIGN), ("a script", SCRIPT))
        }
    )


def markup(shop: Shop) -> Played:
    """Every value of the form has HTML behind it."""
    played = Played()
    for name in (*shop.fields(shop.new_payment()), "BX_RETURN_URL"):
        value = "https://shop.invalid/" if name == "BX_RETURN_URL" else "100.00"
        played.windows[name] = shop.send(shop.new_payment(), {name: value + MARKUP})
    return played


def junk(shop: Shop) -> Played:
    """What no shop sends."""
    texts = dict.fromkeys(shop.fields(shop.new_payment()), "x")
    method = shop.target.method
    sent: dict[str, tuple[str, str | bytes]] = {
        "a GET without a query": ("GET", ""),
        "an empty body": ("POST", ""),
        "texts for numbers": (method, urlencode(texts)),
        "bytes that are no text": (method, b"\xff\xfe%ff=%zz"),
    }
    return Played(requests={name: shop.request(*what) for name, what in sent.items()})


SCENES: dict[str, Callable[[Shop], Played]] = {
    scene.__name__: scene for scene in (sent, again, amounts, foreign_return, markup, junk)
}
BY_THEMSELVES = ("sent", "junk")
"""Those that need no page that has opened."""
