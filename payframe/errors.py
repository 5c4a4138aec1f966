"""What is expected to go wrong: one sentence at the terminal, and the exit status 2."""


class PayframeError(Exception):
    """Something that the user can mend; the message says what and how."""
