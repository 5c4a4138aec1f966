"""The portal as a payment service sees it: four REST methods and a webhook."""

import json
import logging
import ssl
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from payframe.authorities import usual_authorities

from .amount import format_amount
from .problems import ProblemError

log = logging.getLogger("payframe.gateway")

AGENT = "payframe-gateway"
"""How the service names itself: the portal's view keeps its calls apart."""
TIMEOUT = 10.0
"""Seconds that one call to the portal may take."""
REFUSALS = frozenset(
    {
        "ERROR_CHECK_FAILURE",
        "ERROR_INTERNAL_ORDER_NOT_FOUND",
        "ERROR_PAY_SYSTEM_NOT_FOUND",
        "ERROR_PROCESS_REQUEST_RESULT",
        "200540400001",  # the order is not there
        "200640400001",  # the payment is not there
    }
)
"""Codes by which the shop says no to this payment. Whatever else a portal says, it says of itself:
a webhook that has expired, a limit, an overload."""
IDLE = 1.0
"""Seconds after which an idle connection is given up; servers do so after 5 or more."""
KEEP_SETTINGS = 60.0
"""Seconds in which a payment's settings are not asked for again."""


class PortalUnavailableError(Exception):
    """The portal gave no usable answer: the same call may succeed later."""


class PortalRefusedError(Exception):
    """The portal's own code and text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


@dataclass(frozen=True)
class PortalPayment:
    """What the portal says of a payment: the truth about its amount."""

    payment_id: int
    pay_system_id: int
    number: str
    value: str
    currency: str
    paid: bool
    settings: dict[str, str]


class PortalClient:
    """`webhook` is the URL of an incoming webhook, without a method; `trust` is whose certificates
    are good, where it is not the usual authorities."""

    def __init__(self, webhook: str, trust: ssl.SSLContext | None = None) -> None:
        self._webhook = webhook.rstrip("/")
        # A connection that the portal may be closing just now is not used again.
        idle = httpx.Limits(keepalive_expiry=IDLE)
        self._client = httpx.AsyncClient(
            timeout=TIMEOUT,
            limits=idle,
            verify=trust or usual_authorities(),
            headers={"User-Agent": AGENT},
        )
        self._settings: dict[tuple[int, int], tuple[float, dict[str, str]]] = {}

    async def close(self) -> None:
        await self._client.aclose()

    async def payment(self, payment_id: int, pay_system_id: int) -> PortalPayment:
        """Read a payment. Raises ProblemError where this payment system cannot take it."""
        try:
            described = (await self._call("sale.payment.get", {"id": payment_id}))["payment"]
            # Refuses a payment that belongs to another payment system.
            settings = await self._read_settings(payment_id, pay_system_id)
        except PortalRefusedError as refusal:
            raise _not_found(payment_id, pay_system_id, refusal) from refusal
        except PortalUnavailableError as error:
            raise unreachable() from error
        return PortalPayment(
            payment_id=payment_id,
            pay_system_id=pay_system_id,
            number=described["accountNumber"],
            value=format_amount(described["sum"], described["currency"]),
            currency=described["currency"],
            paid=described["paid"] == "Y",
            settings=settings,
        )

    async def settings(self, payment_id: int, pay_system_id: int) -> dict[str, str]:
        """The values of the handler's CODES for a payment, which are a minute old at the most.

        Raises PortalRefusedError, PortalUnavailableError.
        """
        read, settings = self._settings.get((payment_id, pay_system_id), (0.0, {}))
        if time.monotonic() < read + KEEP_SETTINGS:
            return settings
        return await self._read_settings(payment_id, pay_system_id)

    async def _read_settings(self, payment_id: int, pay_system_id: int) -> dict[str, str]:
        settings = await self._call(
            "sale.paysystem.settings.payment.get",
            {"PAYMENT_ID": payment_id, "PAY_SYSTEM_ID": pay_system_id},
        )
        now = time.monotonic()
        kept = self._settings.items()
        self._settings = {key: each for key, each in kept if now < each[0] + KEEP_SETTINGS}
        self._settings[payment_id, pay_system_id] = now, settings or {}
        return settings or {}

    async def find(self, number: str, pay_system_id: int) -> int:
        """The ID of the payment with a number, as it is printed. Raises ProblemError."""
        try:
            found = await self._call(
                "sale.payment.list",
                {
                    "select": ["id"],
                    "filter": {"accountNumber": number, "paySystemId": pay_system_id},
                },
            )
        except PortalRefusedError as refusal:
            raise _not_found(number, pay_system_id, refusal) from refusal
        except PortalUnavailableError as error:
            raise unreachable() from error
        if len(found["payments"]) != 1:
            raise _not_found(number, pay_system_id)
        return int(found["payments"][0]["id"])

    async def paid_by(self, payment_id: int) -> str | None:
        """Who has reported that a payment is paid: PS_INVOICE_ID, empty for somebody by hand.

        None where it is not paid. Raises PortalRefusedError, PortalUnavailableError.
        """
        described = (await self._call("sale.payment.get", {"id": payment_id}))["payment"]
        if described["paid"] != "Y":
            return None
        reported = described.get("psStatus") == "Y"
        return str(described.get("psInvoiceId") or "") if reported else ""

    async def pay(self, payment_id: int, pay_system_id: int, **reported: str) -> None:
        """Report that the money is there. Raises PortalRefusedError, PortalUnavailableError."""
        await self._call(
            "sale.paysystem.pay.payment",
            {"PAYMENT_ID": payment_id, "PAY_SYSTEM_ID": pay_system_id, **reported},
        )

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        try:
            response = await self._client.post(f"{self._webhook}/{method}.json", json=params)
            # A sum is a JSON number: read as a Decimal it keeps every digit.
            answer = json.loads(response.content, parse_float=Decimal)
        except (httpx.HTTPError, ValueError) as error:
            raise PortalUnavailableError(f"{method}: {error!r}") from error
        if isinstance(answer, dict) and response.status_code == 200 and "result" in answer:
            return answer["result"]
        if isinstance(answer, dict) and answer.get("error") in REFUSALS:
            raise PortalRefusedError(str(answer["error"]), str(answer.get("error_description", "")))
        # Nothing is said of the payment, and all of it can pass.
        log.warning(
            "the portal does not answer %s: HTTP %s %s", method, response.status_code, answer
        )
        raise PortalUnavailableError(f"{method}: HTTP {response.status_code}")


def unreachable() -> ProblemError:
    return ProblemError(
        503, "portal_unavailable", "The shop cannot be reached right now. Please try again."
    )


def _not_found(
    payment: int | str, pay_system_id: int, refusal: PortalRefusedError | None = None
) -> ProblemError:
    extra = (
        {"portal_error": refusal.code, "portal_error_description": refusal.text} if refusal else {}
    )
    return ProblemError(
        404,
        "payment_not_found",
        f"The shop does not know payment {payment} through payment system {pay_system_id}.",
        **extra,
    )
