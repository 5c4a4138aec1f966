"""What the server tells whoever runs it: a line for each thing that portal and gateway do."""

import json
import logging
from copy import copy
from datetime import UTC, datetime
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


class JsonFormatter(logging.Formatter):
    """A JSON object on one line for each record, with the payment that it is about."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": mask_tokens(record.getMessage()),
        }
        for name in ("payment", "attempt"):
            if value := getattr(record, name, ""):
                line[name] = value
        if record.exc_info:
            line["trace"] = mask_tokens(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def log_for_serving(stream: TextIO) -> None:
    """Lines for a person at a terminal, JSON for a program. A second call changes nothing."""
    if not logging.getLogger().handlers:
        log_to(stream, None if stream.isatty() else JsonFormatter())


def log_to(stream: TextIO, formatter: logging.Formatter | None = None) -> None:
    """Write the lines to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        formatter or LineFormatter("%(asctime)s  %(name)s  %(message)s", "%H:%M:%S")
    )
    # Of all that is used here: nothing may reach the terminal past the formatter.
    logging.getLogger().addHandler(handler)
    logging.getLogger("payframe").setLevel(logging.INFO)


def _indented(trace: str) -> str:
    """No line of a trace, which quotes what came from outside, can be taken for one of the log."""
    return "\n".join(f"    {line}" for line in printable_lines(mask_tokens(trace)).split("\n"))
