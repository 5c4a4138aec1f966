"""An application on sockets of its own, until Ctrl-C or as long as a block lasts."""

import contextlib
import errno
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from payframe.errors import PayframeError

from .tls import Tls

PORTS_TRIED = 50
START = 20.0
"""Seconds after which an application that has not started never will."""
SHUTDOWN = 1
"""Seconds that open requests get to end after Ctrl-C."""


class PortError(PayframeError):
    """No port could be had; the message says why."""


def listen(port: int) -> tuple[int, list[socket.socket]]:
    """Listen on `port` or the next free one, 0 for any, on 127.0.0.1 and, where it is, on [::1].

    Browsers look for `localhost` on both. Raises PortError.
    """
    candidates = range(port, min(port + PORTS_TRIED, 65536)) if port else [0] * PORTS_TRIED
    for candidate in candidates:
        try:
            first = _bind(socket.AF_INET, "127.0.0.1", candidate)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            raise PortError(f"Port {candidate} cannot be used: {error.strerror}.") from error
        got = first.getsockname()[1]
        try:
            return got, [first, _bind(socket.AF_INET6, "::1", got)]
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return got, [first]  # no IPv6 here
            first.close()
    raise PortError(f"No port from {port} to {port + PORTS_TRIED - 1} is free.")


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # On a socket named as TCP asyncio sends at once; else answers wait 40 ms for an ACK.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound


def run(
    app: ASGIApp,
    sockets: list[socket.socket],
    tls: Tls | None = None,
    on_stop: Callable[[], None] = lambda: None,
) -> None:
    """Serve an application on sockets that listen, until Ctrl-C. `on_stop` ends what would answer
    for ever."""
    with contextlib.suppress(KeyboardInterrupt):
        server(app, tls, on_stop).run(sockets)


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stop()
        await super().shutdown(sockets)


def server(
    app: ASGIApp, tls: Tls | None = None, on_stop: Callable[[], None] = lambda: None
) -> Server:
    return Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN,
            ssl_certfile=tls.certificate if tls else None,
        ),
        on_stop,
    )


@contextlib.contextmanager
def in_thread(
    application: Callable[[Callable[[], None]], ASGIApp], sockets: list[socket.socket]
) -> Iterator[None]:
    """Serve an application until the block ends. It is made with what to call when it is ready."""
    ready = threading.Event()
    serving = server(application(ready.set))
    thread = threading.Thread(target=serving.run, args=[sockets], name="payframe-server")
    thread.start()
    try:
        if not ready.wait(START):
            raise RuntimeError("the application did not start")
        yield
    finally:
        serving.should_exit = True
        thread.join()
