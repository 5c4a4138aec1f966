"""FIELDS, as all three modes read them: a handler's fields with their values for a payment."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from ..store.models import Handler, Payment
from .php import float_text
from .values import Value

SENT_BY_FORMS = ("STRING", "Y/N")
"""Types of fields that a form has an input for."""
TYPES = (*SENT_BY_FORMS, "ENUM")
ADDRESS = re.compile(r"https?://[^\s\\]+", re.IGNORECASE)
DEFAULT_ERROR = "Error registering order in payment system."
"""What the buyer reads of whatever went wrong on the payment service's side."""


class NotShownError(Exception):
    """A payment page that cannot be shown; the text is for the integrator."""


@dataclass(frozen=True)
class Field:
    """One field: `code` is None where it is described in place, for the buyer to fill in.

    `type` is in upper case and may be one that the platform does not know.
    """

    name: str
    code: str | None
    label: str
    type: str
    value: str
    visible: bool

    @property
    def in_form(self) -> bool:
        """Whether a form has an input for it, and sends it."""
        return self.type in SENT_BY_FORMS

    @property
    def breaks_form(self) -> bool:
        """Whether a form shows an error in its place: the platform hands no OPTIONS to inputs.

        A type that the platform does not know is left out without a word.
        """
        return self.type == "ENUM"

    @property
    def typed(self) -> str:
        """What the form sends for it before the buyer changes anything: a checkbox is Y or N."""
        if self.visible and self.type == "Y/N":
            return "Y" if self.value == "Y" else "N"
        return self.value


def read_fields(data: dict[str, Any], handler: Handler, values: dict[str, Value]) -> list[Field]:
    """The fields of a mode's settings, in their order. `[]` is PHP's empty map."""
    described = data.get("FIELDS")
    if not isinstance(described, dict):
        return []
    codes = handler.settings.get("CODES")
    parameters = codes if isinstance(codes, dict) else {}
    return [_field(name, each, parameters, values) for name, each in described.items()]


def answered(fields: list[Field], answers: dict[str, str]) -> list[Field]:
    """The same fields with what the buyer typed."""
    return [replace(each, value=answers.get(each.name, each.value)) for each in fields]


def mode_data(handler: Handler, key: str) -> dict[str, Any]:
    """The settings of a mode. Raises NotShownError where ACTION_URI is no web address."""
    data = handler.settings.get(key)
    data = data if isinstance(data, dict) else {}
    if not is_web_address(data.get("ACTION_URI")):
        raise NotShownError(
            f"{key}.ACTION_URI is {data.get('ACTION_URI')!r}, expected a URL that starts with "
            "https:// or http://"
        )
    return data


def is_web_address(value: object) -> bool:
    """Whether it is a whole http(s) URL; never `javascript:`, `data:` or `file:`."""
    if not isinstance(value, str) or not ADDRESS.fullmatch(value):
        return False
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:
        return False


def system_params(payment: Payment, return_url: str) -> dict[str, str]:
    """BX_SYSTEM_PARAMS: every value is a text, SUM that of a float.

    EXTERNAL_PAYMENT_ID is there once the payment service has told its ID.
    """
    params = {
        "RETURN_URL": return_url,
        "PAYSYSTEM_ID": str(payment.pay_system_id),
        "PAYMENT_ID": str(payment.id),
        "SUM": float_text(payment.sum),
        "CURRENCY": payment.currency,
    }
    if payment.ps_invoice_id:
        params["EXTERNAL_PAYMENT_ID"] = payment.ps_invoice_id
    return params


def _field(
    name: str, described: Any, parameters: dict[str, Any], values: dict[str, Value]
) -> Field:
    described = described if isinstance(described, dict) else {}
    code = described.get("CODE")
    in_place = isinstance(code, dict)
    parameter = code if isinstance(code, dict) else parameters.get(str(code))
    parameter = parameter if isinstance(parameter, dict) else {}
    # A TYPE beside NAME, without INPUT, is not read: the vendor's own example works as STRING.
    input_ = parameter.get("INPUT")
    input_ = input_ if isinstance(input_, dict) else {}
    return Field(
        name=name,
        code=None if in_place else str(code or ""),
        label=str(parameter.get("NAME") or name),
        type=str(input_.get("TYPE") or "STRING").upper(),
        value="" if in_place else values.get(str(code), Value("", "empty")).text,
        visible=described.get("VISIBLE") == "Y",
    )
