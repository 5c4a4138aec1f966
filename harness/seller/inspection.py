"""What an integrator wants to see beside a payment page: values, their origin, and what is sent."""

import json
import shlex
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit, urlunsplit

from payframe.widget.modes import MODE_KEYS, Mode

from ..sale.fields import Field, read_fields
from ..sale.values import Value
from ..store.models import Handler
from .checkout import CheckoutAnswer, CheckoutCall, Limits
from .form import Form
from .iframe import Frame


@dataclass(frozen=True)
class Row:
    """A parameter of CODES: its value, where that came from, and the fields that carry it."""

    code: str
    value: Value
    fields: list[str]


@dataclass
class Inspection:
    """`sent` is the request as a curl command, `message` what is posted to the frame.

    `cause` is why there is no page to pay on, where there is none.
    """

    mode: str
    rows: list[Row]
    asked: list[Field] = field(default_factory=list)
    sent: str = ""
    message: str = ""
    when: str = ""
    answer: CheckoutAnswer | None = None
    cause: str = ""
    notes: list[str] = field(default_factory=list)


def inspection(mode: Mode, handler: Handler, values: dict[str, Value]) -> Inspection:
    """What all modes have in common; also of a page that cannot be shown."""
    data = handler.settings.get(MODE_KEYS[mode])
    fields = read_fields(data if isinstance(data, dict) else {}, handler, values)
    rows = [
        Row(code, value, [each.name for each in fields if each.code == code])
        for code, value in values.items()
    ]
    notes = [
        f"FIELDS.{each.name} has the type {each.type}, {_why_not_sent(each)}"
        + (", and ACTION_URI is never called." if mode == "checkout" and each.code is None else ".")
        for each in fields
        if not each.in_form and mode != "iframe"
    ]
    notes += [
        f"FIELDS.{each.name} names {each.code or 'no parameter'}, which CODES does not have."
        for each in fields
        if each.code is not None and each.code not in values
    ]
    return Inspection(mode, rows, [each for each in fields if each.code is None], notes=notes)


def _why_not_sent(asked: Field) -> str:
    if asked.breaks_form:
        return "for which the platform's form shows an error and sends nothing"
    return "which the platform does not know: the form leaves it out"


def of_frame(inspected: Inspection, frame: Frame) -> None:
    inspected.when = (
        "The page is fetched so; after each of its loads the message above is posted to it"
    )
    inspected.sent = f"curl {shlex.quote(frame.action_uri)}"
    message = {**frame.data, "BX_COMPUTED_STYLE": "the computed style of the frame's parent"}
    inspected.message = json.dumps(message, indent=2, ensure_ascii=False)


def of_form(inspected: Inspection, form: Form) -> None:
    inspected.when = "The buyer's browser sends it on a click, with what has been typed by then"
    body = urlencode([*form.pairs, ("button", BUTTON)])
    if form.method.upper() == "POST":
        inspected.sent = _post(form.action_uri, body)
    else:
        parts = urlsplit(form.action_uri)
        inspected.sent = f"curl {shlex.quote(urlunsplit(parts._replace(query=body, fragment='')))}"
        if parts.query:
            inspected.notes.append(
                f"Browsers drop ?{parts.query} from ACTION_URI, because the form is sent by GET."
            )
    if form.payment_url:
        inspected.notes.append(f"The platform may redirect without a click to {form.payment_url}")


def of_checkout(
    inspected: Inspection,
    call: CheckoutCall,
    last: tuple[CheckoutCall, CheckoutAnswer] | None,
    limits: Limits,
) -> None:
    if last:
        call, inspected.answer = last
        inspected.cause = inspected.answer.cause
        inspected.when = "The shop's server has sent it"
    else:
        inspected.when = "The shop's server will send it, with what the buyer fills in"
    inspected.sent = _post(call.action_uri, call.body)
    inspected.notes.append(
        f"The call may take {limits.connect:g} seconds to connect and {limits.total:g} in all, and "
        f"its answer {limits.size:,} bytes. Redirects are not followed."
    )


BUTTON = "Pay"


def _post(url: str, body: str) -> str:
    return f"curl --data-raw {shlex.quote(body)} {shlex.quote(url)}"
