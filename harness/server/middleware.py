"""What every request passes before any part of the application sees it."""

from starlette.middleware import Middleware

from ..portal.parameters import MAX_BODY
from .body_limit import BodyLimit
from .known_hosts import KnownHosts


def middleware() -> list[Middleware]:
    return [Middleware(KnownHosts), Middleware(BodyLimit, others={"/rest/": MAX_BODY})]
