"""What a browser does for the visit of a page: it opens the page alone, and plays scenes with it.

The process of a browser loads this module and what it imports, so nothing here may import the
shop's server, which takes long to load.
"""

import time
from collections.abc import Sequence

from playwright.sync_api import Browser, Error

from ..browser.seller_page import NoFrameError
from .reasons import reason_of, sentence
from .recording import Recording, Request
from .scenes import all_scenes
from .stage import Stage, on_stage
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


def play(
    browser: Browser, seller: str, payment_id: int, scenes: Sequence[str], timeout: float
) -> list[Recording]:
    """Scenes that go on with one page, which has a payment of its own: see GOES_ON.

    So the others may be played in any order or at once. A scene that does not come to its end is
    recorded with its trouble, and what would go on with it begins with a page of its own.
    """
    recordings: list[Recording] = []
    while len(recordings) < len(scenes):
        left = scenes[len(recordings) :]
        with on_stage(browser, seller, payment_id, left[0], timeout) as stage:
            for scene in left:
                if scene != left[0]:
                    stage.next_scene(scene)
                recordings.append(_play_on(stage, scene, browser))
                if recordings[-1].trouble:
                    break
    return recordings


def _play_on(stage: Stage, scene: str, browser: Browser) -> Recording:
    try:
        all_scenes()[scene](stage)
    except Error as error:
        if not browser.is_connected():
            raise
        stage.recording.trouble = error.message.partition("\n")[0]
    except NoFrameError as error:
        stage.recording.trouble = str(error)
    return stage.finish()
