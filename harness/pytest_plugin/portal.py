"""The portal's REST interface, for tests that look at what the portal holds."""

from typing import Any

import httpx

from payframe.authorities import usual_authorities


class RefusedError(Exception):
    """The portal refuses a call. `code` is its code; the message has method, code and text."""

    def __init__(self, method: str, code: str, text: str) -> None:
        super().__init__(f"{method}: {code}: {text}")
        self.code = code


class PortalApi:
    """`webhook` is the URL of an incoming webhook with the scopes pay_system and sale."""

    def __init__(self, webhook: str) -> None:
        self.webhook = webhook

    def call(self, method: str, **params: Any) -> Any:
        """The "result" of the answer. Raises RefusedError."""
        url = f"{self.webhook.rstrip('/')}/{method}"
        answer = httpx.post(url, json=params, verify=usual_authorities()).json()
        if "error" in answer:
            raise RefusedError(method, answer["error"], answer.get("error_description", ""))
        return answer["result"]

    def payment(self, payment_id: int) -> dict[str, Any]:
        """A payment as sale.payment.get describes it; `paid` is Y or N."""
        payment: dict[str, Any] = self.call("sale.payment.get", id=payment_id)["payment"]
        return payment

    def handlers(self) -> list[dict[str, Any]]:
        """As sale.paysystem.handler.list has them."""
        handlers: list[dict[str, Any]] = self.call("sale.paysystem.handler.list")
        return handlers

    def pay_systems(self) -> list[dict[str, Any]]:
        """As sale.paysystem.list has them."""
        pay_systems: list[dict[str, Any]] = self.call("sale.paysystem.list")
        return pay_systems
