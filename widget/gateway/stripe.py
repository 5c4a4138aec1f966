"""Stripe as a provider: PaymentIntents, with the official package (`pip install payframe[stripe]`).

A card is reserved first and captured when the portal has been looked at once more; what only comes
in time, such as a direct debit, is taken at once. See docs/stripe.md.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import stripe
from starlette.routing import BaseRoute, Route

from payframe.errors import PayframeError

from . import stripe_page
from .provider import (
    ActionRequired,
    Attempt,
    Authorized,
    Charged,
    Declined,
    Instrument,
    Method,
    Money,
    Notification,
    Outcome,
    Payment,
    Processing,
    Redirect,
    RefusedError,
    SignatureError,
)
from .service import Gateway
from .stripe_keys import PUBLIC_KEY, SECRET_KEY, WEBHOOK_SECRET

VERSION = "2025-03-31.basil"
"""Of Stripe's API."""
METHODS = (Method("stripe_card", "Card"), Method("stripe_sepa_debit", "Direct debit"))
TYPES = {"stripe_card": "card", "stripe_sepa_debit": "sepa_debit"}
"""Method -> what Stripe calls it."""
RESERVED_FIRST = ("stripe_card",)
TIMEOUT = 20.0
"""Seconds that a call may take."""
ZERO_DECIMAL = (
    *("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"),
    *("PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"),
)
THREE_DECIMAL = ("BHD", "JOD", "KWD", "OMR", "TND")
"""Currencies as Stripe counts them: https://docs.stripe.com/currencies"""
REASONS = {
    "authentication_required": "not_confirmed",
    "card_velocity_exceeded": "limit_exceeded",
    "expired_card": "expired_card",
    "incorrect_cvc": "incorrect_cvc",
    "insufficient_funds": "insufficient_funds",
    "invalid_cvc": "incorrect_cvc",
    "payment_intent_authentication_failure": "not_confirmed",
    "withdrawal_count_limit_exceeded": "limit_exceeded",
}
"""Stripe's codes -> the gateway's."""


class StripeError(PayframeError):
    """The provider cannot work with this environment."""


@dataclass(frozen=True)
class Stripe:
    """Keys are those of the only account, or empty where each shop has its own in CODES."""

    secret_key: str = field(repr=False)
    public_key: str
    webhook_secret: str = field(repr=False)
    api: str = "https://api.stripe.com"
    script: str = "https://js.stripe.com/v3/"
    http: stripe.HTTPClient = field(
        default_factory=lambda: stripe.HTTPXClient(timeout=TIMEOUT), repr=False
    )

    def methods(self, payment: Payment) -> Sequence[Method]:
        in_euro = payment.amount.currency == "EUR"
        settings = {"publishable_key": self._public_key(payment)}
        return [
            replace(each, settings=settings)
            for each in METHODS
            if in_euro or each.type != "stripe_sepa_debit"
        ]

    def instrument(self, method: str, data: Mapping[str, Any]) -> Instrument:  # noqa: ARG002
        token = data.get("payment_method")
        if not isinstance(token, str) or not token.startswith("pm_") or len(token) > 255:
            error = "expected the ID of a Stripe payment method"
            raise RefusedError(
                "invalid_request",
                "The request is not as the API describes it.",
                [("data.payment_method", error)],
            )
        brand, last4 = data.get("brand", ""), data.get("last4", "")
        known = isinstance(brand, str) and len(brand) < 40 and str(last4).isdigit()
        if not known:
            return Instrument(token)
        name = brand.title() if brand.islower() else brand
        return Instrument(token, name, str(last4)[-4:])

    async def start(self, attempt: Attempt, data: Mapping[str, Any]) -> Outcome:  # noqa: ARG002
        params: Any = {  # the package describes a newer version than VERSION
            "amount": minor_units(attempt.amount),
            "currency": attempt.amount.currency.lower(),
            "payment_method": attempt.instrument.token,
            "payment_method_types": [TYPES[attempt.method]],
            "capture_method": "manual" if attempt.method in RESERVED_FIRST else "automatic",
            "confirm": True,
            "metadata": {"attempt": attempt.id, "payment": attempt.payment.number},
        }
        intents = self._client(attempt.payment).v1.payment_intents
        try:
            intent = await intents.create_async(params, {"idempotency_key": attempt.id})
        except stripe.CardError as error:
            return _declined(attempt, error)
        except stripe.InvalidRequestError:
            # Stripe has understood and refused: there is no money, and there will be none.
            return Declined("try_again")
        return self._outcome(attempt, intent)

    async def look(self, attempt: Attempt) -> Outcome:
        if not attempt.reference:  # the key makes it the same intent, if there is one
            return await self.start(attempt, {})
        return self._outcome(attempt, await self._intent(attempt))

    async def capture(self, attempt: Attempt) -> Outcome:
        intent = await self._intent(attempt)
        if intent.status == "requires_capture":
            intents = self._client(attempt.payment).v1.payment_intents
            intent = await intents.capture_async(
                attempt.reference, options={"idempotency_key": f"{attempt.id}-capture"}
            )
        return self._outcome(attempt, intent)

    async def cancel(self, attempt: Attempt) -> None:
        if not attempt.reference:
            return
        intent = await self._intent(attempt)
        client = self._client(attempt.payment)
        if intent.status == "succeeded":
            await client.v1.refunds.create_async(
                {"payment_intent": intent.id}, {"idempotency_key": f"{attempt.id}-refund"}
            )
        elif intent.status != "canceled":
            await client.v1.payment_intents.cancel_async(intent.id)

    def notified(self, notification: Notification) -> Sequence[str]:
        """What it claims to be about: whose it is can only be told by the attempt's shop."""
        try:
            metadata = json.loads(notification.body)["data"]["object"].get("metadata") or {}
            return [str(metadata["attempt"])] if "attempt" in metadata else []
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise SignatureError("it is not a Stripe event") from error

    def verify(self, notification: Notification, payment: Payment) -> None:
        secret = payment.settings.get(WEBHOOK_SECRET) or self.webhook_secret
        if not secret:
            raise SignatureError(f"no {WEBHOOK_SECRET} is known for payment {payment.number}")
        signature = notification.headers.get("stripe-signature", "")
        try:
            stripe.Webhook.construct_event(notification.body, signature, secret)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise SignatureError(str(error)) from error

    def routes(self, gateway: Gateway) -> Sequence[BaseRoute]:
        confirm = stripe_page.endpoint(gateway, self.script)
        return [Route("/stripe/{attempt_id}", confirm, methods=["GET"])]

    async def close(self) -> None:
        await self.http.close_async()  # type: ignore[no-untyped-call]

    def _client(self, payment: Payment) -> stripe.StripeClient:
        return stripe.StripeClient(
            payment.settings.get(SECRET_KEY) or self.secret_key,
            stripe_version=VERSION,
            base_addresses={"api": self.api},
            http_client=self.http,
        )

    def _public_key(self, payment: Payment) -> str:
        return payment.settings.get(PUBLIC_KEY) or self.public_key

    async def _intent(self, attempt: Attempt) -> stripe.PaymentIntent:
        intents = self._client(attempt.payment).v1.payment_intents
        return await intents.retrieve_async(attempt.reference)

    def _outcome(self, attempt: Attempt, intent: stripe.PaymentIntent) -> Outcome:
        amount = money(intent.amount, intent.currency)
        match intent.status:
            case "succeeded":
                return Charged(amount, intent.id)
            case "requires_capture":
                return Authorized(amount, intent.id)
            case "requires_action":
                return ActionRequired(self._confirmation(attempt, intent), reference=intent.id)
            case "canceled":
                return Declined("abandoned", reference=intent.id)
            case "requires_payment_method":
                error = intent.last_payment_error
                code = getattr(error, "decline_code", None) or getattr(error, "code", None)
                return Declined(_reason(attempt, code), reference=intent.id)
            case _:
                return Processing(30.0, intent.id)

    def _confirmation(self, attempt: Attempt, intent: stripe.PaymentIntent) -> Redirect:
        """A page of the gateway's in the frame, where Stripe's script asks the buyer's bank.

        What it needs is behind the #, which no server and no log sees.
        """
        public_key = self._public_key(attempt.payment)
        needed = urlencode({"key": public_key, "intent": intent.client_secret})
        return Redirect(f"{attempt.gateway_url}/stripe/{attempt.id}#{needed}", in_frame=True)


def from_environment(variables: Mapping[str, str] = os.environ) -> Stripe:
    """Raises StripeError."""
    webhook_secret = variables.get(WEBHOOK_SECRET, "")
    secret_key, public_key = variables.get(SECRET_KEY, ""), variables.get(PUBLIC_KEY, "")
    if secret_key and not webhook_secret:
        raise StripeError(
            f"{WEBHOOK_SECRET} is missing: Stripe shows it for the endpoint /notifications."
        )
    if api := variables.get("STRIPE_API"):  # a stand-in for Stripe's
        script = f"{api}/js.stripe.com/v3/"
        return Stripe(secret_key, public_key, webhook_secret, api, script)
    return Stripe(secret_key, public_key, webhook_secret)


def minor_units(amount: Money) -> int:
    """An amount as Stripe counts it: cents, whole yen, and tens of fils. Raises RefusedError."""
    scaled = Decimal(amount.value) * 10 ** _digits(amount.currency)
    step = 10 if amount.currency in THREE_DECIMAL else 1
    if scaled % step:
        raise RefusedError(
            "amount_refused", f"Stripe takes no {amount.value} {amount.currency}: too many digits."
        )
    return int(scaled)


def money(units: int, currency: str) -> Money:
    """What Stripe has counted."""
    digits = _digits(currency.upper())
    return Money(f"{Decimal(units).scaleb(-digits):.{digits}f}", currency.upper())


def _digits(currency: str) -> int:
    return 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2


def _declined(attempt: Attempt, error: stripe.CardError) -> Declined:
    code = getattr(error.error, "decline_code", None) or error.code
    intent = getattr(error.error, "payment_intent", None)
    return Declined(_reason(attempt, code), reference=intent["id"] if intent else "")


def _reason(attempt: Attempt, code: str | None) -> str:
    other = "card_declined" if attempt.method == "stripe_card" else "declined"
    return REASONS.get(code or "", other)
