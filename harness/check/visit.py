"""What a browser does for the visit of a page: it opens the page alone, and plays scenes with it.

The process of a browser loads this module and what it imports, so nothing here may import the
shop's server, which takes long to load.
"""

import time

from playwright.sync_api import Browser, Error

from ..browser.seller_page import NoFrameError
from .reasons import reason_of, sentence
from .recording import Recording, Request
from .scenes import all_scenes
from .stage import on_stage
from .tasks import UnreachableError

FIRST_ERROR_STATUS = 400


def reach(browser: Browser, url: str, timeout: float) -> Request:
    """Open a page by itself, in the browser that will show it in the frame.

    Its proxy, its certificates and its user agent are then those of the visit. `timeout` is in
    seconds. Raises UnreachableError.
    """
    context = browser.new_context()
    began = time.time()
    try:
        answer = context.new_page().goto(url, wait_until="commit", timeout=timeout * 1000)
    except Error as error:
        raise UnreachableError(sentence(reason_of(error.message))) from error
    finally:
        context.close()
    if answer is None or answer.status >= FIRST_ERROR_STATUS:
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

    A scene that does not come to its end is recorded with its trouble.
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
