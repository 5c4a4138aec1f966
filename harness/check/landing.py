"""What is wrong with the page that a buyer is sent to, in checkout as in form mode."""

from collections.abc import Iterator, Mapping

from .finding import Breach, seen
from .shown_amount import shows
from .window import Window


def amounts_not_shown(windows: Mapping[str, Window]) -> Iterator[Breach]:
    """Pages without the amount of their order. `windows` are by the amount, a decimal string."""
    for amount, window in windows.items():
        if window.opened and not shows(window.text, amount):
            yield Breach(
                f"The page of an order of {amount} does not show this amount.",
                (seen(window, f"an order of {amount}"),),
            )


def unfit_for_phones(window: Window) -> Iterator[Breach]:
    """A page that a phone shows badly. The window is as wide as a phone's."""
    if not window.opened:
        return
    if not window.fits_phones:
        reason = "has no viewport of its own, and is shown as a desk's page made small"
    elif window.beyond > 0:
        reason = f"is {window.beyond} px wider than the window"
    else:
        return
    yield Breach(f"On a phone the page {reason}.", (seen(window, "on a phone"),))


def why_not_opened(window: Window) -> str:
    """Why there is no page, as the end of a sentence."""
    return window.failure or f"it answers with {window.status}"
