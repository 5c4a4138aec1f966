"""One visit of a page: it is reached, then the scenes are played with it.

Reach and Play ask the process of a browser for one of both. It loads this module and what that
needs, so the shop's server does not belong here.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playwright.sync_api import Browser, Error

from ..browser.seller_page import NoFrameError
from .recording import Recording, Request, Visit
from .scenes import all_scenes
from .stage import on_stage

REASONS = {
    "ERR_CONNECTION_REFUSED": "nothing listens there",
    "ERR_NAME_NOT_RESOLVED": "there is no such host",
    "ERR_INTERNET_DISCONNECTED": "this machine has no network",
    "ERR_CONNECTION_TIMED_OUT": "it does not answer",
    "ERR_EMPTY_RESPONSE": "it ends the connection without an answer",
    "ERR_TOO_MANY_REDIRECTS": "it redirects in a circle",
    "ERR_CERT_": "the browser does not trust its certificate",
    "ERR_SSL_": "it does not speak TLS as the browser does",
    "Timeout": "it does not answer in time",
    "Download": "the browser would download it instead of showing it",
}
"""What the browser says when it cannot have a page -> what that means."""

OPENING = "opening it"
"""What comes before the scenes of a page, or beside them."""


class UnreachableError(Exception):
    """The page cannot be had; the message says why, and goes on from the page's URL."""


def visit(
    browser: Browser,
    url: str,
    seller: str,
    new_payment: Callable[[], int],
    scenes: Iterable[str],
    *,
    timeout: float,
) -> Visit:
    """Play scenes with a page. `timeout` is how long a load may take, in seconds.

    Raises UnreachableError.
    """
    document = reach(browser, url, timeout)
    recordings = {scene: play(browser, seller, new_payment(), scene, timeout) for scene in scenes}
    return Visit(url, document, seller, recordings)


def reach(browser: Browser, url: str, timeout: float) -> Request:
    """Open a page by itself, in the browser that will show it in the frame.

    Its proxy, its certificates and its name as a browser are then those of the visit.
    """
    context = browser.new_context()
    began = time.time()
    try:
        answer = context.new_page().goto(url, wait_until="commit", timeout=timeout * 1000)
    except Error as error:
        reason = next(
            (text for sign, text in REASONS.items() if sign in error.message),
            error.message.partition("\n")[0].removeprefix("Page.goto: "),
        )
        raise UnreachableError(f"cannot be reached: {reason}.") from error
    finally:
        context.close()
    if answer is None or answer.status >= 400:
        status = f"{answer.status} {answer.status_text}".strip() if answer else "nothing"
        raise UnreachableError(f"answers with {status}, so there is no page to check.")
    return Request(
        url=answer.url,
        method="GET",
        type="document",
        time=time.time() - began,
        status=answer.status,
        headers=answer.headers,
        failure=None,
    )


def play(browser: Browser, seller: str, payment_id: int, scene: str, timeout: float) -> Recording:
    """One scene, with a payment of its own, so that scenes may be played in any order or at once.

    What cannot be played to its end is recorded with its trouble.
    """
    with on_stage(browser, seller, payment_id, scene, timeout) as stage:
        try:
            all_scenes()[scene](stage)
        except Error as error:
            if not browser.is_connected():
                raise
            stage.recording.trouble = error.message.partition("\n")[0]
        except NoFrameError as error:
            stage.recording.trouble = str(error)
        return stage.finish()


@dataclass(frozen=True)
class Reach:
    """The task to open a page by itself."""

    page: int
    url: str
    timeout: float
    scene: str = OPENING

    def __call__(self, browser: Browser) -> Request:
        return reach(browser, self.url, self.timeout)


@dataclass(frozen=True)
class Play:
    """The task to play a scene."""

    page: int
    seller: str
    payment_id: int
    scene: str
    timeout: float

    def __call__(self, browser: Browser) -> Recording:
        return play(browser, self.seller, self.payment_id, self.scene, self.timeout)
