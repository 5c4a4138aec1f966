"""What can go wrong with a build."""

from payframe.errors import PayframeError


class BuildError(PayframeError):
    """The widget cannot be built; the message says why, in the words of the tool that knows."""
