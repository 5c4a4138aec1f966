"""An application's page in a frame of the portal, with an access token of that application."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..store.models import Token, now
from .provision import APPLICATIONS, mint_token
from .view import page

if TYPE_CHECKING:
    from .dispatch import PortalState

STATIC = Path(__file__).parent / "static"
LIFETIME = timedelta(hours=1)
"""Of the access token that an application gets."""
AT_LEAST = timedelta(minutes=50)
"""What is left of the lifetime of one that is given again."""
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "connect-src 'self'; frame-src http: https:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action http: https:"
)


def routes(portal: "PortalState") -> list[Route]:
    def frame(request: Request) -> Response:
        """`url` is the page, `application` whose token it gets; `install=1` installs it.

        With `post=1` the page is opened by a form with the token in it.
        """
        if not _is_page(request.query_params.get("url", "")) or _from_elsewhere(request):
            return page("no_application.html", 400)
        response = page("application.html", application=_application(request))
        response.headers["content-security-policy"] = CSP
        return response

    def initial(request: Request) -> Response:
        """What an application is told of the portal. Only the portal's own page gets it."""
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return Response(status_code=403)
        data = _initial(request, portal, _application(request))
        return JSONResponse(data, headers={"cache-control": "no-store"})

    return [
        Route("/portal/app", frame),
        Route("/portal/app/initial", initial, methods=["POST"]),
        Route("/portal/app/frame.js", _script("frame.js")),
        Route("/portal/api/v1/", _script("bx24.js")),
    ]


def _script(name: str) -> Callable[[Request], Response]:
    def respond(_request: Request) -> Response:
        text = (STATIC / name).read_text("utf-8")
        headers = {"cache-control": "no-cache"}
        return Response(text, media_type="text/javascript", headers=headers)

    return respond


def _application(request: Request) -> str:
    return request.query_params.get("application") or APPLICATIONS[0]


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _from_elsewhere(request: Request) -> bool:
    """Whether another site's link led here: such a site must not get a token by it."""
    return request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")


def _initial(request: Request, portal: "PortalState", application: str) -> dict[str, Any]:
    """What getInitData tells, and APP_SID, which stands in the frame's name."""
    with portal.store.write() as session:
        token = _usable_token(session, application)
        code, user_id = token.code, token.user_id
    domain = request.url.netloc
    return {
        "LANG": "en",
        "DOMAIN": domain,
        "PROTOCOL": "1" if request.url.scheme == "https" else "0",
        "PATH": "/rest",
        "APP_SID": _digest(application),
        "AUTH_ID": code,
        "REFRESH_ID": _digest(code),
        "AUTH_EXPIRES": str(int(AT_LEAST.total_seconds())),
        "USER_ID": str(user_id),
        "IS_ADMIN": True,
        "MEMBER_ID": _digest(domain),
        "USER_OPTIONS": {},
        "APP_OPTIONS": {},
        "PLACEMENT": "DEFAULT",
        "PLACEMENT_OPTIONS": {},
        "INSTALL": request.query_params.get("install") == "1",
        "FIRST_RUN": False,
    }


def _usable_token(session: Session, application: str) -> Token:
    mine = select(Token).where(
        Token.application == application, Token.administrator, Token.admitted
    )
    for token in session.scalars(mine):
        if token.expires is None or token.expires > now() + AT_LEAST:
            return token
    return mint_token(session, application=application, lifetime=LIFETIME)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
