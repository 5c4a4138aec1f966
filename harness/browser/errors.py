"""What goes wrong with a browser, for those that have no Playwright to load."""

from payframe.errors import PayframeError


class NoBrowserError(PayframeError):
    """There is no Chromium; the message says what to do."""
