"""The scenes that are played with a checkout server, by name.

Each takes a Stage and returns what it has played. Most go on from the first call, and are played
only where that was answered with a page to pay on.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from playwright.sync_api import Browser

from ..exchange import FORM, JSON
from ..window import FOREIGN, PHONE, Window, look
from .platform import Platform, of_system
from .visit import OTHER_SUM, Call, Played

LIVE_SUMS = ("249.9", "1700", "12345678901.25")
"""Amounts whose texts a live portal writes as 249.9, 1700 and, at 14 digits, 12345678901.25."""
UNKNOWN_KEYS = {
    "user_lang": "ru",
    "BX_SYSTEM_PARAMS[SITE_ID]": "s1",
    "BX_SYSTEM_PARAMS[SHIPMENT][DELIVERY_ID]": "3",
}
TEXTS = {"cyrillic": "Ёлкин & сыновья", "quotes": 'O\'Neil "Bob" <b>'}


@dataclass
class Stage:
    """`first` is the call that the other scenes go on from."""

    platform: Platform
    browser: Browser
    timeout: float
    first: Call | None = None

    def look(self, url: str, **changes: int) -> Window:
        return look(self.browser, url, timeout=self.timeout, **changes)


def first_call(stage: Stage) -> Played:
    """An order of the target's amount."""
    stage.first = stage.platform.call("first", stage.platform.new_payment())
    return Played({"first": stage.first})


def page(stage: Stage) -> Played:
    """PAYMENT_URL in the buyer's window, as wide as a desk's and as a phone's."""
    url = registered(stage).answer.payment_url
    return Played(windows={"desktop": stage.look(url), "phone": stage.look(url, width=PHONE)})


def foreign_address(stage: Stage) -> Played:
    """PAYMENT_URL with every address in its query exchanged for another, and a foreign RETURN_URL.

    The window is "changed" for the former, where PAYMENT_URL has such an address, and "returned"
    for the latter.
    """
    windows = {}
    parts = urlsplit(registered(stage).answer.payment_url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if any(is_address(value) for _, value in query):
        changed = [(name, FOREIGN if is_address(value) else value) for name, value in query]
        windows["changed"] = stage.look(urlunsplit(parts._replace(query=urlencode(changed))))
    call = stage.platform.call(
        "foreign", stage.platform.new_payment(), of_system(RETURN_URL=FOREIGN)
    )
    if call.registered:
        windows["returned"] = stage.look(call.answer.payment_url)
    return Played({"foreign": call}, windows)


def repeated(stage: Stage) -> Played:
    """The first call once more, and a call of another payment twice at the same moment."""
    platform = stage.platform
    again = platform.call("again", registered(stage).payment_id)
    one, other = platform.at_once(("one", "other"), platform.new_payment())
    return Played({"first": registered(stage), "again": again, "one": one, "other": other})


def known(stage: Stage) -> Played:
    """With EXTERNAL_PAYMENT_ID: the first call again, and another payment with the first's ID."""
    first = registered(stage)
    external = of_system(EXTERNAL_PAYMENT_ID=first.answer.payment_id)
    own = stage.platform.call("own", first.payment_id, external)
    other = stage.platform.new_payment(OTHER_SUM)
    foreign = stage.platform.call("foreign", other, external, OTHER_SUM)
    return Played({"first": first, "own": own, "foreign": foreign})


def live_values(stage: Stage) -> Played:
    """What live portals send: sums as PHP writes them, unknown keys, texts of all kinds."""
    platform = stage.platform
    played = Played()
    for amount in LIVE_SUMS:
        call = platform.call(amount, platform.new_payment(amount), amount=amount)
        played.calls[amount] = call
        if call.registered:
            played.windows[amount] = stage.look(call.answer.payment_url)
    payment = platform.new_payment()
    played.calls["unknown keys"] = platform.call("unknown keys", payment, UNKNOWN_KEYS)
    if field := free_field(platform):
        for name, text in TEXTS.items():
            payment = platform.new_payment()
            played.calls[name] = platform.call(name, payment, {field: text})
    return played


def refusals(stage: Stage) -> Played:
    """Calls that no payment can come of: no amount, no such currency, less than nothing."""
    platform = stage.platform
    wrong = {
        "a sum of 0": of_system(SUM="0"),
        "a sum below 0": of_system(SUM="-5"),
        "a currency that does not exist": of_system(CURRENCY="ZZZ"),
    }
    return Played(
        {
            name: platform.call(name, platform.new_payment(), changes)
            for name, changes in wrong.items()
        }
    )


def unknown_payment(stage: Stage) -> Played:
    """A payment that the portal does not have, and a shop that does not exist.

    A server that looks nothing up cannot know either.
    """
    platform = stage.platform
    payment = platform.new_payment()
    unknown = of_system(PAYMENT_ID="987654321")
    played = Played({"unknown payment": platform.call("unknown payment", payment, unknown)})
    if shop := next((name for name in platform.body(payment, {}) if "shop" in name.lower()), None):
        wrong = {shop: "no-such-shop"}
        played.calls["unknown shop"] = platform.call("unknown shop", payment, wrong)
    return played


def other_sum(stage: Stage) -> Played:
    """The call says another amount than the order, which the server can read."""
    payment = stage.platform.new_payment()
    call = stage.platform.call("another sum", payment, of_system(SUM=OTHER_SUM))
    return Played(
        {"another sum": call},
        {"page": stage.look(call.answer.payment_url)} if call.registered else {},
    )


def junk(stage: Stage) -> Played:
    """What is no call of the platform."""
    send = stage.platform.send
    flat = {"PAYMENT_ID": "1", "SUM": "1"}
    return Played(
        {
            "GET": send("GET", "GET", "", ""),
            "an empty body": send("an empty body", "POST", "", FORM),
            "JSON": send("JSON", "POST", json.dumps({"BX_SYSTEM_PARAMS": flat}), JSON),
            "broken JSON": send("broken JSON", "POST", "{", JSON),
            "a text for BX_SYSTEM_PARAMS": send(
                "a text for BX_SYSTEM_PARAMS", "POST", "BX_SYSTEM_PARAMS=x", FORM
            ),
            "a sum that is no number": send(
                "a sum that is no number",
                "POST",
                urlencode(of_system(PAYMENT_ID="1", SUM="x", CURRENCY="USD")),
                FORM,
            ),
            "bytes that are no text": send("bytes that are no text", "POST", b"\xff\xfe%ff", FORM),
        }
    )


SCENES: dict[str, Callable[[Stage], Played]] = {
    scene.__name__: scene
    for scene in (
        first_call,
        page,
        foreign_address,
        repeated,
        known,
        live_values,
        refusals,
        unknown_payment,
        other_sum,
        junk,
    )
}
BY_THEMSELVES = ("first_call", "refusals", "unknown_payment", "junk")
"""Those that need no payment that could be registered."""
WITH_ORDERS = ("other_sum",)
"""Those that need a server which can read the orders of this portal."""


def registered(stage: Stage) -> Call:
    assert stage.first, "this scene goes on from the first call"
    return stage.first


def is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def free_field(platform: Platform) -> str | None:
    """A field of the call with a text of its own, which the server may take for anything."""
    fixed = [
        name
        for name, mapping in platform.target.mappings.items()
        if mapping.TYPE == "VALUE" and "id" not in name.lower()
    ]
    return next((name for name in fixed if name in platform.body(platform.new_payment(), {})), None)
