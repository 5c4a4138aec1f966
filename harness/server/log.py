"""What the server tells whoever runs it: a line for each thing that portal and gateway do."""

import logging
from typing import TextIO


def log_to(stream: TextIO) -> None:
    """Write the lines to `stream`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(name)s  %(message)s", "%H:%M:%S"))
    logging.getLogger("payframe").setLevel(logging.INFO)
    for name in ("payframe", "uvicorn.error"):
        logging.getLogger(name).addHandler(handler)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
