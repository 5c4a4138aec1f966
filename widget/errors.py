"""What can go wrong with a build."""


class BuildError(Exception):
    """The widget cannot be built; the message says why, in the words of the tool that knows."""
