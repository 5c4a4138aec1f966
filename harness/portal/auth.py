"""Who calls: the webhook in the path, the `auth` parameter, or a bearer header."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store.models import Token, now
from .call import Caller, Method
from .errors import PortalError, access_denied, system_error

Tokens = Mapping[str, Token]
WEBHOOK = re.compile(r"\d+/[a-z0-9]+", re.ASCII | re.IGNORECASE)
"""User ID and code."""


def load_tokens(session: Session) -> Tokens:
    """Every token by its code."""
    return {token.code: token for token in session.scalars(select(Token))}


def presented_token(headers: Mapping[str, str], params: Mapping[str, Any]) -> str | None:
    """The access token that a request carries, if any."""
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bearer.strip()
    auth = params.get("auth")
    return auth if isinstance(auth, str) else None


def authenticate(tokens: Tokens, code: str | None, user_id: str | None) -> Caller:
    """The caller behind a token. A webhook is good only with its own user's ID in the path.

    Raises PortalError.
    """
    token = tokens.get(code) if code else None
    if token is None or not _fits(token, user_id):
        if user_id is None or not WEBHOOK.fullmatch(f"{user_id}/{code}"):
            raise system_error("NO_AUTH_FOUND")
        # The vendor's table has 403 for this code, for what a user may not; portals answer 401.
        raise PortalError("INVALID_CREDENTIALS", "Invalid request credentials", 401)
    if token.expires and token.expires <= now():
        raise system_error("expired_token")
    if not token.admitted:
        raise system_error("user_access_error")
    return Caller(
        token.code,
        token.user_id,
        frozenset(token.scopes.split()),
        token.application,
        token.administrator,
        token.orders,
    )


def _fits(token: Token, user_id: str | None) -> bool:
    """A webhook stands in the path after its user's ID, an access token never does."""
    return str(token.user_id) == user_id if token.kind == "webhook" else user_id is None


def allow(caller: Caller, method: Method) -> None:
    """Raises PortalError where the token's scopes or its user's rights are not enough."""
    if method.scope and method.scope not in caller.scopes:
        raise system_error("insufficient_scope")
    if method.rights == "administrator" and not caller.administrator:
        raise access_denied()
    if method.rights == "orders" and not (caller.orders or caller.administrator):
        raise access_denied()


def allow_application(caller: Caller, owner: str | None) -> None:
    """A handler that an application added is open to that application and to webhooks only.

    `owner` is that application; None for a handler that a webhook added. Raises PortalError.
    """
    if owner and caller.application and caller.application != owner:
        raise access_denied()
