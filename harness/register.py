"""Adding the handler and payment system of payframe.toml to a portal, local or real."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from b24pysdk import BitrixWebhook, Client
from b24pysdk.errors import BitrixAPIError, BitrixRequestError, BitrixResponseError
from payframe.widget.config import Config
from payframe.widget.handler import Handler, PaySystem

from payframe.errors import PayframeError

WEBHOOK = re.compile(r"https?://(?P<host>[^/?#@]+)/rest/(?P<token>\d+/[^/?#]+)/?")
PLACEHOLDER = re.compile(r"https://([^/]+\.)?example\.(com|org|net)(/|$)")
REGISTRY_TYPE = "ORDER"
ADVICE = {
    "NO_AUTH_FOUND": "Check the webhook's URL: user ID and code.",
    "insufficient_scope": "Give the webhook the scopes pay_system and sale.",
    "ACCESS_DENIED": "The webhook's user must be a CRM administrator, and a handler that an "
    "application added is open to that application only.",
    "INVALID_CREDENTIALS": "Check the webhook's URL, user ID and code; its user must be a CRM "
    "administrator.",
    "user_access_error": "Let the portal's administrator open the application to this user.",
    "expired_token": "Make a new webhook.",
    "INVALID_REQUEST": "Use the webhook's https URL.",
    "ERROR_METHOD_NOT_FOUND": "Check the webhook's scopes: pay_system and sale.",
    "ERROR_HANDLER_ALREADY_EXIST": "Choose another handler.CODE in payframe.toml.",
    "ERROR_CHECK_FAILURE": "Correct that value in payframe.toml.",
    "ERROR_PERSON_TYPE_NOT_FOUND": "The portal has no payer type for orders.",
    "ERROR_PAY_SYSTEM_DELETE": "Another payment system uses the handler: delete that one first.",
    "QUERY_LIMIT_EXCEEDED": "Wait a moment and run it again: it goes on where it stopped.",
    "OPERATION_TIME_LIMIT": "Wait ten minutes and run it again: it goes on where it stopped.",
    "OVERLOAD_LIMIT": "The vendor's support has blocked the portal's REST and can open it again.",
    "PORTAL_DELETED": "The portal is closed or gone: check its address.",
}
OTHER_ADVICE = (
    "Run it again later: it goes on where it stopped. If it stays, ask the portal's support."
)


class RegisterError(PayframeError):
    """Registration did not go through; the message says what the portal said and what to do."""


@dataclass(frozen=True)
class Change:
    """One thing that was changed, or that would be: a sentence."""

    text: str


def register(config: Config, webhook: str, *, dry_run: bool = False) -> Iterator[Change]:
    """Add or update what differs, and tell each change once it is made. Raises RegisterError."""
    client = _client(webhook)
    for handler, pay_system in config.registered:
        yield from _explained(partial(_register, client, handler, pay_system, dry_run))


def unregister(config: Config, webhook: str, *, dry_run: bool = False) -> Iterator[Change]:
    """Take payment systems and handler away again. Raises RegisterError."""
    client = _client(webhook)
    for handler, _ in config.registered:
        yield from _explained(partial(_unregister, client, handler.CODE, dry_run))


def placeholder_uri(config: Config) -> bool:
    """Whether an ACTION_URI is still the example's."""
    uris = [handler.SETTINGS.data.ACTION_URI for handler, _ in config.registered]
    return any(map(PLACEHOLDER.match, uris))


def _client(webhook: str) -> Client:
    match = WEBHOOK.fullmatch(webhook.strip())
    if not match:
        raise RegisterError(
            f"{webhook} is not the URL of an incoming webhook. "
            "Expected https://PORTAL/rest/USER_ID/CODE/."
        )
    return Client(BitrixWebhook(domain=match["host"], webhook_token=match["token"]))


def _explained(changes: Callable[[], Iterator[Change]]) -> Iterator[Change]:
    try:
        yield from changes()
    except BitrixAPIError as error:
        code = str(error.json_response.get("error", ""))
        text = str(error.json_response.get("error_description", ""))
        raise RegisterError(
            f"The portal answers {code}: {text} {ADVICE.get(code, OTHER_ADVICE)}"
        ) from error
    except BitrixRequestError as error:
        raise RegisterError(
            f"The portal cannot be reached: {_reason(error)}. It is always called by https; for a "
            "local one run payframe portal --tls and set REQUESTS_CA_BUNDLE as it says."
        ) from error
    except BitrixResponseError as error:
        raise RegisterError("The portal's answer is not REST: is this its address?") from error


def _reason(error: BaseException) -> str:
    """What the system says, such as `Connection refused`. The client's own words have the URL in
    them, and with it the webhook's secret."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        reason = getattr(cause, "reason", None) or next(iter(cause.args), None)
        inner = reason if isinstance(reason, BaseException) else None
        cause = cause.__cause__ or inner or cause.__context__
    return "no answer"


def _register(
    client: Client, described: Handler, pay_system: PaySystem, dry_run: bool
) -> Iterator[Change]:
    wanted = wanted_handler(described)
    code = wanted["CODE"]
    handler = _handler(client, code)
    if handler is None:
        if not dry_run:
            _send(
                client.sale.paysystem.handler.add(
                    name=wanted["NAME"], code=code, settings=wanted["SETTINGS"], sort=wanted["SORT"]
                )
            )
        yield Change(f"Handler {code} added.")
    else:
        changed = {
            name: value for name, value in wanted.items() if not _same(handler.get(name), value)
        }
        if changed:
            if not dry_run:
                _send(
                    client.sale.paysystem.handler.update(
                        bitrix_id=int(handler["ID"]), fields=changed
                    )
                )
            yield Change(f"Handler {code} updated: {', '.join(changed)}.")
    yield from _register_pay_system(client, described, pay_system, dry_run)


def _register_pay_system(
    client: Client, handler: Handler, wanted: PaySystem, dry_run: bool
) -> Iterator[Change]:
    code = handler.CODE
    settings = {key: mapping.model_dump() for key, mapping in wanted.SETTINGS.items()}
    found = _pay_systems(client, code)
    if not found:
        if not dry_run:
            _send(
                client.sale.paysystem.add(
                    name=wanted.NAME,
                    person_type_id=_person_type(client, handler),
                    bx_rest_handler=code,
                    entity_registry_type=REGISTRY_TYPE,
                    settings=settings,
                    description=wanted.DESCRIPTION,
                    active=True,
                )
            )
        yield Change(f"Payment system {wanted.NAME} added, active.")
        return
    first = found[0]
    pay_system_id = int(first["ID"])
    fields = {"NAME": wanted.NAME, "DESCRIPTION": wanted.DESCRIPTION}
    changed = {name: value for name, value in fields.items() if (first.get(name) or "") != value}
    if changed:
        if not dry_run:
            _send(client.sale.paysystem.update(bitrix_id=pay_system_id, fields=changed))
        yield Change(f"Payment system {pay_system_id} updated: {', '.join(changed)}.")
    person_type_id = int(first["PERSON_TYPE_ID"] or 0)
    now = client.sale.paysystem.settings.get(
        sale_paysystem_id=pay_system_id, person_type_id=person_type_id
    ).result
    now = now if isinstance(now, dict) else {}
    differing = {key: value for key, value in settings.items() if now.get(key) != value}
    if differing:
        if not dry_run:
            _send(
                client.sale.paysystem.settings.update(
                    sale_payment_id=pay_system_id, settings=differing, person_type_id=person_type_id
                )
            )
        yield Change(f"Payment system {pay_system_id} updated: SETTINGS {', '.join(differing)}.")


def _unregister(client: Client, code: str, dry_run: bool) -> Iterator[Change]:
    handler = _handler(client, code)
    for each in _pay_systems(client, code):
        if not dry_run and not client.sale.paysystem.delete(bitrix_id=int(each["ID"])).result:
            raise RegisterError(
                f"Payment system {each['ID']} ({each['NAME']}) was not deleted: "
                "the portal still has payments made through it."
            )
        yield Change(f"Payment system {each['ID']} ({each['NAME']}) deleted.")
    if handler:
        if not dry_run:
            _send(client.sale.paysystem.handler.delete(bitrix_id=int(handler["ID"])))
        yield Change(f"Handler {code} deleted.")


def wanted_handler(handler: Handler) -> dict[str, Any]:
    """What sale.paysystem.handler.add is to receive."""
    return {
        "NAME": handler.NAME,
        "CODE": handler.CODE,
        "SORT": handler.SORT,
        "SETTINGS": handler.SETTINGS.model_dump(exclude_none=True, exclude_unset=True),
    }


def _handler(client: Client, code: str) -> dict[str, Any] | None:
    handlers: list[dict[str, Any]] = client.sale.paysystem.handler.list().result
    return next((each for each in handlers if each["CODE"] == code), None)


def _pay_systems(client: Client, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.sale.paysystem.list(
        select=["ID", "NAME", "DESCRIPTION", "PERSON_TYPE_ID"],
        filter={"ACTION_FILE": code},
        order={"ID": "ASC"},
    ).result
    return found


def _person_type(client: Client, handler: Handler) -> int:
    """The payer type for the handler's kind of customer.

    Where the portal does not tell apart individuals and companies it is the first of orders.
    """
    answer = client.sale.persontype.list().result
    types = [
        each
        for each in answer["personTypes"]
        if each.get("entityRegistryType", REGISTRY_TYPE) == REGISTRY_TYPE
    ]
    if not types:
        raise RegisterError("The portal has no payer type for orders.")
    wanted = handler.SETTINGS.CLIENT_TYPE
    return int(next((each for each in types if each.get("clientType") == wanted), types[0])["id"])


def _same(stored: Any, wanted: Any) -> bool:
    """Equal, as far as PHP keeps it: its empty map is a list, and numbers come as strings."""
    if isinstance(wanted, dict):
        if stored == [] or stored is None:
            stored = {}
        return (
            isinstance(stored, dict)
            and stored.keys() == wanted.keys()
            and all(_same(stored[key], value) for key, value in wanted.items())
        )
    if isinstance(wanted, list):
        return (
            isinstance(stored, list)
            and len(stored) == len(wanted)
            and all(map(_same, stored, wanted))
        )
    return str(stored) == str(wanted)


def _send(request: Any) -> Any:
    """b24pysdk sends a request when its result is asked for."""
    return request.result
