"""Servers that integrators write, each with one fault that is switched on by name, or with none.

They are what the pages of the zoo are for the frame: every rule has a fault that breaks just that
rule. They know nothing of payframe.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Thread

MakeServer = Callable[..., ThreadingHTTPServer]


@contextmanager
def served(server: ThreadingHTTPServer) -> Iterator[str]:
    """Run a server until the block ends; its base URL."""
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
