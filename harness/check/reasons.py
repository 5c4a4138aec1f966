"""Why a page cannot be opened, as the end of a sentence about it."""

NOBODY_LISTENS = "nothing listens there"
NO_HOST = "there is no such host"
REASONS = {
    "ERR_CONNECTION_REFUSED": NOBODY_LISTENS,
    "ERR_NAME_NOT_RESOLVED": NO_HOST,
    "ERR_INTERNET_DISCONNECTED": "this machine has no network",
    "ERR_CONNECTION_TIMED_OUT": "it does not answer",
    "ERR_EMPTY_RESPONSE": "it ends the connection without an answer",
    "ERR_UNSAFE_PORT": "browsers open no page at this port",
    "ERR_TOO_MANY_REDIRECTS": "it redirects in a circle",
    "ERR_CERT_": "the browser does not trust its certificate",
    "ERR_SSL_": "it does not speak TLS as the browser does",
    "Timeout": "it does not answer in time",
    "Download": "the browser would download it instead of showing it",
}
"""What the browser says when it cannot open a page -> what that means."""


def sentence(reason: str) -> str:
    """Goes on from the page's URL."""
    return f"cannot be reached: {reason}."


def reason_of(message: str) -> str:
    """What a message of Playwright's means, by its first line where it is not known."""
    known = (text for sign, text in REASONS.items() if sign in message)
    return next(known, message.partition("\n")[0].removeprefix("Page.goto: "))
