"""What the server tells whoever runs it: a line for each thing that portal and gateway do."""

import logging
from copy import copy
from typing import Any, TextIO

from ..printable import mask_tokens, printable, printable_lines


class LineFormatter(logging.Formatter):
    """One line for each record, whatever is in it, and no token; a trace is indented below it."""

    def format(self, record: logging.LogRecord) -> str:
        record = copy(record)
        record.exc_text = None  # where another handler's formatter has left its trace
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        return printable(mask_tokens(super().formatMessage(record)))

    def formatException(self, ei: Any) -> str:
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return _indented(super().formatStack(stack_info))


def log_to(stream: TextIO) -> None:
    """Write the lines to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter("%(asctime)s  %(name)s  %(message)s", "%H:%M:%S"))
    # Of all that is used here: nothing may reach the terminal past the formatter.
    logging.getLogger().addHandler(handler)
    logging.getLogger("payframe").setLevel(logging.INFO)


def _indented(trace: str) -> str:
    """No line of a trace, which quotes what came from outside, can be taken for one of the log."""
    return "\n".join(f"    {line}" for line in printable_lines(mask_tokens(trace)).split("\n"))
