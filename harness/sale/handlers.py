"""A REST payment handler: how it is found, and in which operating mode it works."""

from typing import Any

from payframe.widget.modes import MODES, Mode
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store.models import Handler, PaySystem


def mode_of(handler: Handler | None) -> Mode | None:
    """The operating mode: that of the first key of SETTINGS that is not empty, else form."""
    if handler is None:
        return None
    return next((mode for key, mode in MODES.items() if handler.settings.get(key)), "form")


def codes_of(handler: Handler | None) -> dict[str, Any]:
    """SETTINGS.CODES, parameter -> description. PHP writes an empty map as `[]`."""
    codes = handler.settings.get("CODES") if handler else None
    return codes if isinstance(codes, dict) else {}


def handler_by_code(session: Session, code: object) -> Handler | None:
    """The handler with a CODE, which may be whatever a call has given for one."""
    if isinstance(code, dict | list):
        return None
    return session.scalar(select(Handler).where(Handler.code == str(code)))


def handler_of(session: Session, pay_system: PaySystem) -> Handler | None:
    """The handler of a payment system: ACTION_FILE is its code."""
    return handler_by_code(session, pay_system.action_file)
