"""Whether answers are as the API describes them. Schemathesis knows how, where it is installed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

import httpx
from payframe.widget.gateway.api import OPENAPI

from ..exchange import JSON
from .page import ATTEMPTS, PAYMENT, PAYMENTS, PaymentPage
from .visit import Call

VERBS = {PAYMENTS: "POST", PAYMENT: "GET", ATTEMPTS: "POST"}
EXAMPLES = 40
"""Requests that are made up for each operation."""
_NO_TIME = timedelta()
MISSING = (
    "Whether every answer is as the API describes it was not tried: that needs "
    'pip install "payframe[gateway]".'
)


def can_be_read() -> bool:
    """Whether what reads the description is installed."""
    return find_spec("schemathesis") is not None


def generated(page: PaymentPage, payment: Call) -> list[Call]:
    """Calls with whatever the description allows, for a payment that was opened."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    calls: list[Call] = []
    schema = _schema()

    def sender(operation: str) -> Callable[[Any], None]:
        path = operation.replace("{id}", str(payment.answer.get("id")))

        def send(case: Any) -> None:
            headers = {name: str(value) for name, value in (case.headers or {}).items()}
            name = f"made up {len(calls) + 1}"
            calls.append(page.call(name, "POST", operation, path, case.body, headers))

        return send

    rules = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for operation in (PAYMENTS, ATTEMPTS):
        cases = given(case=schema[operation]["POST"].as_strategy())
        seed(1)(rules(cases(sender(operation))))()
    return calls


def mistakes(calls: list[Call]) -> Iterator[tuple[str, Call]]:
    """How answers differ from the description, each with its call."""
    from schemathesis.core.failures import Failure, FailureGroup

    schema = _schema()
    for call in calls:
        request = call.request
        if request.status is None:
            yield f"there is none: {request.failure}", call
            continue
        answer = httpx.Response(
            request.status,
            headers={
                name: value for name, value in request.headers.items() if name != "content-encoding"
            },
            content=request.received.encode(),
            request=httpx.Request(request.method, request.url),
        )
        answer.elapsed = _NO_TIME
        try:
            schema[call.operation][VERBS[call.operation]].validate_response(answer)
        except FailureGroup as group:
            for failure in group.exceptions:
                yield _sentence(failure), call
        except Failure as failure:
            yield _sentence(failure), call
        else:
            if not request.headers.get("content-type", "").partition(";")[0].endswith("json"):
                yield f"it is no JSON ({JSON})", call


def _sentence(failure: Any) -> str:
    """What is wrong, without the schema and the value, which its evidence has."""
    what = str(failure.message).partition("\n\nSchema")[0]
    return f"{failure.operation}: {failure.title}: {' '.join(what.split())}"


def _schema() -> Any:
    import schemathesis

    return schemathesis.openapi.from_path(OPENAPI)
