"""Who calls: the webhook in the path, the `auth` parameter, or a bearer header."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from ..store.database import Store
from ..store.models import Token
from . import errors
from .call import Caller


def presented_token(request: Request, params: dict[str, Any]) -> str | None:
    """The token that the request carries, if any."""
    if webhook := request.path_params.get("webhook"):
        return str(webhook)
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bearer.strip()
    auth = params.get("AUTH")
    return auth if isinstance(auth, str) else None


def authenticate(store: Store, code: str | None, user_id: int | None) -> Caller:
    """The caller behind a token. A webhook is good only with its own user's ID in the path.

    Raises PortalError.
    """
    with store.read() as session:
        token = session.get(Token, code) if code else None
    if token is None or (user_id is None) == (token.kind == "webhook"):
        raise errors.no_auth()
    if user_id is not None and token.user_id != user_id:
        raise errors.no_auth()
    if token.expires and token.expires <= datetime.now(UTC):
        raise errors.expired()
    return Caller(
        token.user_id, frozenset(token.scopes.split()), token.application, token.administrator
    )
