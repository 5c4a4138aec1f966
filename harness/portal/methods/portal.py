"""What clients ask a portal about itself: methods, scopes, application, user, time."""

from datetime import datetime
from typing import Any

from ...store.models import User, now
from ..call import MethodCall

LICENSE = "en_project"


def methods(call: MethodCall) -> list[str]:
    """methods: the names that the token may call; every name with `full`."""
    everything = call.params.get("FULL") not in (None, "", "0", 0, "false", False)
    scope = call.params.get("SCOPE")
    return [
        method.name
        for method in call.methods.values()
        if (scope is None or method.scope == scope)
        and (everything or not method.scope or method.scope in call.caller.scopes)
    ]


def method_get(call: MethodCall) -> dict[str, bool]:
    """method.get: whether the portal has a method, and whether the token may call it."""
    method = call.methods.get(str(call.params.get("NAME")).lower())
    return {
        "isExisting": method is not None,
        "isAvailable": method is not None
        and (not method.scope or method.scope in call.caller.scopes),
    }


def scope(call: MethodCall) -> list[str]:
    """scope: those of the token; all that the portal has with `full`."""
    if call.params.get("FULL") not in (None, "", "0", 0, "false", False):
        return sorted({each.scope for each in call.methods.values() if each.scope})
    return sorted(call.caller.scopes)


def app_info(call: MethodCall) -> dict[str, Any]:
    """app.info: of the token's application, or what a webhook may do."""
    if call.caller.application is None:
        return {"SCOPE": scope(call), "LICENSE": LICENSE}
    return {
        "ID": None,
        "CODE": call.caller.application,
        "VERSION": 1,
        "STATUS": "L",
        "INSTALLED": True,
        "PAYMENT_EXPIRED": "N",
        "DAYS": None,
        "LANGUAGE_ID": "en",
        "LICENSE": LICENSE,
    }


def profile(call: MethodCall) -> dict[str, Any]:
    """profile: who the token's user is."""
    user = _user(call)
    moment = datetime.now().astimezone()
    offset = moment.utcoffset()
    return {
        "ID": str(call.caller.user_id),
        "ADMIN": call.caller.administrator,
        "NAME": user.name if user else "",
        "LAST_NAME": user.last_name if user else "",
        "PERSONAL_GENDER": user.personal_gender if user else "",
        "TIME_ZONE": moment.tzname() or "",
        "TIME_ZONE_OFFSET": int(offset.total_seconds()) if offset else 0,
    }


def user_current(call: MethodCall) -> dict[str, Any]:
    """user.current: the token's user."""
    user = _user(call)
    return {
        "ID": str(call.caller.user_id),
        "ACTIVE": True,
        "NAME": user.name if user else "",
        "LAST_NAME": user.last_name if user else "",
        "SECOND_NAME": user.second_name if user else "",
        "EMAIL": user.email if user else "",
        "USER_TYPE": "employee",
    }


def server_time(_call: MethodCall) -> str:
    """server.time: ISO 8601 with offset."""
    return now().astimezone().isoformat(timespec="seconds")


def _user(call: MethodCall) -> User | None:
    with call.store.read() as session:
        return session.get(User, call.caller.user_id)
