"""What the platform does, for the reader of a marked row: the facts behind the marks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """`text` are paragraphs, `instead` is what a page does better; `rules` are those of
    `payframe check` that look for it."""

    title: str
    text: tuple[str, ...]
    instead: str = ""
    rules: tuple[str, ...] = ()


FACTS = {
    "sizes": Fact(
        "How the frame gets its size",
        (
            "The frame begins with a height of 350 px and a width of 100%. For every message from "
            "the hostname of ACTION_URI the shop reads width and height: each that is above zero "
            "becomes the frame's, in px. Nothing else is read.",
        ),
        "Post the height of the content whenever it changes, and nothing when it does not.",
        ("performance/late-size", "sizing/wrong-size"),
    ),
    "pinned-width": Fact(
        "A width pins the frame",
        (
            "A width that was once posted stays, in px. The frame no longer follows its column: on "
            "a phone that is turned it is too wide or too narrow. There is no message that brings "
            "100% back.",
        ),
        "Post the height alone; a width only where the content cannot be narrower.",
        ("sizing/pinned-width",),
    ),
    "growth-loop": Fact(
        "A height that feeds on itself",
        (
            "The height that a page posts becomes the height of its own window. A page that "
            "measures its window (100vh, or the scroll height of a stretched document) is then "
            "higher than before, posts that, and grows without end: the shop sets no limit.",
        ),
        "Measure the box of the content, which does not depend on the window.",
        ("sizing/growth-loop",),
    ),
    "who-is-heard": Fact(
        "Who is heard, and what is read",
        (
            "The shop takes a message whose origin has the hostname of ACTION_URI; port, scheme "
            "and the window that posts it do not count. It reads width and height as numbers, "
            "and nothing else.",
            "null as a message throws an error in the shop's listener, which then goes on.",
        ),
        "Post an object with a height. What is for others goes elsewhere.",
    ),
    "late-listener": Fact(
        "The message comes with the load",
        (
            "The shop posts its message once for every load of the frame, at its load event. Who "
            "adds a listener after that, such as a script that loads later or waits for an answer, "
            "has missed it.",
        ),
        "Add the listener in a script of the page itself that runs while the page is parsed.",
        ("handshake/late-listener",),
    ),
    "first-message": Fact(
        "Others speak to the frame as well",
        (
            "Extensions of the browser, libraries and other frames post messages too, some of them "
            "before the shop. A page that takes the first message of anybody for the shop's has "
            "used it up when the shop's comes.",
        ),
        "Take a message only where event.source is window.parent and it has BX_SYSTEM_PARAMS, and "
        "go on listening.",
        ("handshake/first-message-used-up",),
    ),
    "top": Fact(
        "parent, not top",
        (
            "The shop's page is the parent of the frame. It is usually also the uppermost window, "
            "but a shop may be in a frame itself, as it is here in the studio. What is posted to "
            "top then reaches another page.",
        ),
        "Post to window.parent.",
    ),
    "gateway": Fact(
        "The gateway's API",
        (
            "The page talks to the server behind it: it opens the payment, begins attempts and "
            "asks how they are. The amount is the one that the server has read from the portal.",
        ),
        "docs/gateway.md describes the API, widget/gateway.openapi.yaml every request.",
    ),
    "portal": Fact(
        "The portal's REST",
        (
            "The payment service reads the payment by sale.payment.get and reports it with "
            "sale.paysystem.pay.payment once the money is there. Nothing that the frame posts "
            "makes a payment paid.",
        ),
        "The call with all its headers is in the portal's view, at /portal.",
    ),
    "checkout": Fact(
        "The platform's call in checkout mode",
        (
            "The platform posts BX_SYSTEM_PARAMS and the FIELDS to ACTION_URI. It reads the answer "
            "only where the status is 200: PAYMENT_URL and PAYMENT_ID lead the buyer on, "
            "PAYMENT_ERRORS are shown. With any other status the buyer reads a general error.",
        ),
        "Answer a failure with status 200 and PAYMENT_ERRORS, a list of texts for the buyer.",
    ),
}
