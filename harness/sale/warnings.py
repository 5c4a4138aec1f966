"""What the platform would accept without a word and then do differently than meant.

Each function gives sentences for the log and the web view.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from payframe.widget.modes import MODES, DataKey
from payframe.widget.secret import is_secret_name

from .fields import TYPES
from .values import ORDER_FIELDS, PAYMENT_FIELDS, USER_FIELDS

BROWSER_MODES = ("FORM_DATA", "IFRAME_DATA")
"""Modes whose FIELDS reach the buyer's browser."""
FORM_MODES = ("FORM_DATA", "CHECKOUT_DATA")
"""Modes that show the buyer a form."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
PROVIDERS: dict[str, frozenset[str] | None] = {
    "ORDER": frozenset(ORDER_FIELDS),
    "PAYMENT": frozenset(PAYMENT_FIELDS),
    "USER": frozenset(USER_FIELDS),
    "PROPERTY": None,
    "VALUE": None,
    "INPUT": None,
    "Y/N": None,
    "Y\\N": None,
}
"""Provider -> its fields; None where any value is good."""


def of_handler(settings: Any) -> list[str]:
    """About SETTINGS of a handler."""
    if not isinstance(settings, dict):
        return []
    codes = _map(settings.get("CODES"))
    given = [mode for mode in MODES if settings.get(mode)]
    found = list(_modes(given))
    for mode in given:
        data = _map(settings[mode])
        found += _action_uri(mode, data.get("ACTION_URI"))
        found += _fields(mode, data, codes)
        if mode == "FORM_DATA":
            found += _method(data)
    for code, parameter in codes.items():
        found += _parameter(code, _map(parameter))
    return found


def of_mappings(settings: Any, handler_settings: dict[str, Any]) -> list[str]:
    """About SETTINGS of a payment system, whose codes the platform puts in upper case."""
    codes = _map(handler_settings.get("CODES"))
    found = []
    for code, entry in _map(settings).items():
        if code not in codes:
            found.append(f"SETTINGS[{code}]: the handler has no such parameter in CODES.")
        entry = _map(entry)
        found += _provider(f"SETTINGS[{code}]", entry.get("TYPE"), entry.get("VALUE"))
    return found


def _modes(given: list[DataKey]) -> Iterator[str]:
    if len(given) > 1:
        yield (
            f"{' and '.join(given)} are given: the payment page works in {MODES[given[0]]} mode "
            f"and never looks at {', '.join(given[1:])}."
        )


def _action_uri(mode: str, uri: Any) -> Iterator[str]:
    where = f"{mode}[ACTION_URI]"
    try:
        parts = urlsplit(str(uri))
        port = parts.port
    except ValueError as error:
        yield f"{where} is not a URL: {error}."
        return
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield f"{where} is not a full http(s) URL."
        return
    if mode in BROWSER_MODES and parts.query:
        for name, _ in parse_qsl(parts.query, keep_blank_values=True):
            if is_secret_name(name):
                yield (
                    f"{where} carries {name} in its query, which looks like a secret: the buyer's "
                    "browser gets the whole address."
                )
    if parts.hostname in LOOPBACK:
        return  # nothing of it can be otherwise on this machine
    if parts.scheme != "https":
        yield f"{where} is not https: a shop on https cannot show or call it safely."
    if port is not None:
        yield f"{where} names port {port}: the shop compares host names only, not ports."


def _method(data: dict[str, Any]) -> Iterator[str]:
    """About METHOD of a form; empty means GET."""
    uri = urlsplit(str(data.get("ACTION_URI")))
    if uri.query and str(data.get("METHOD") or "GET").upper() == "GET":
        yield (
            "FORM_DATA[ACTION_URI] has a query, and the form is sent by GET: the buyer's browser "
            "replaces the query by the fields. Only the automatic redirect keeps it; set METHOD to "
            "POST, or make fields of its values."
        )


def _fields(mode: str, data: dict[str, Any], codes: dict[str, Any]) -> Iterator[str]:
    fields, params = _map(data.get("FIELDS")), _map(data.get("PARAMS"))
    if params and "FIELDS" in data:
        yield f"{mode}[PARAMS] is never looked at beside FIELDS."
    for name, field in fields.items():
        where = f"{mode}[FIELDS][{name}]"
        code = _map(field).get("CODE")
        described = code if isinstance(code, dict) else _map(codes.get(str(code)))
        if isinstance(code, dict):
            yield from _input_type(f"{where}[CODE]", code)
        else:
            yield from _mapped(mode, where, code, codes)
        if mode in FORM_MODES and _type_of(described) == "ENUM":
            yield (
                f"{where} is an ENUM: in a form the platform shows an error in its place and sends "
                "nothing, since it hands no OPTIONS to the form's inputs."
            )
    if "FIELDS" not in data:
        for name, code in params.items():
            yield from _mapped(mode, f"{mode}[PARAMS][{name}]", code, codes)


def _mapped(mode: str, where: str, code: Any, codes: dict[str, Any]) -> Iterator[str]:
    """About a field that takes its value from a parameter."""
    if not isinstance(code, str) or code not in codes:
        yield f"{where}: {code!r} is not in CODES, so the field stays empty."
        return
    name = str(_map(codes[code]).get("NAME", ""))
    if mode in BROWSER_MODES and (is_secret_name(code) or is_secret_name(name)):
        yield (
            f"{where} sends {code} ({name}), which looks like a secret, to the buyer's browser. "
            "Read it on the server with sale.paysystem.settings.payment.get instead."
        )


def _parameter(code: str, parameter: dict[str, Any]) -> Iterator[str]:
    where = f"CODES[{code}]"
    if code != code.upper():
        yield (
            f"{where} has small letters, but the codes of a payment system's SETTINGS are put "
            "in capitals: no value set there reaches it."
        )
    yield from _input_type(where, parameter)
    default = _map(parameter.get("DEFAULT"))
    if default:
        yield from _provider(
            f"{where}[DEFAULT]", default.get("PROVIDER_KEY"), default.get("PROVIDER_VALUE")
        )


def _input_type(where: str, described: dict[str, Any]) -> Iterator[str]:
    given = described.get("INPUT")
    if given is None:
        return
    kind = _type_of(described)
    if kind not in TYPES:
        yield (
            f"{where}[INPUT][TYPE] {kind!r} is not one of {', '.join(TYPES)}: "
            "the field is left out of the form."
        )


def _type_of(described: dict[str, Any]) -> str:
    return str(_map(described.get("INPUT")).get("TYPE", "STRING")).upper()


def _provider(where: str, key: Any, value: Any) -> Iterator[str]:
    if not key:
        return
    if str(key) not in PROVIDERS:
        yield f"{where}: {key!r} is not one of {', '.join(PROVIDERS)}, so the value is empty."
        return
    fields = PROVIDERS[str(key)]
    if fields is not None and str(value) not in fields:
        yield f"{where}: {key} has no field {value!r}, so the value is empty."


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
