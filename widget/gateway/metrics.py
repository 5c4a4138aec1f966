"""What Prometheus reads: it is counted in the database, so that every worker says the same."""

import time
from collections.abc import Awaitable, Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from payframe.database import Database

from .attempts import TO_CANCEL, count_unsettled
from .ledger import LedgerAttempt


class LedgerCollector(Collector):
    def __init__(self, store: Database) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        attempts = GaugeMetricFamily(
            "payframe_attempts", "Attempts to pay", labels=["method", "status", "reason"]
        )
        with self._store.read() as session:
            counted = session.execute(
                select(
                    LedgerAttempt.method,
                    LedgerAttempt.status,
                    LedgerAttempt.error_code,
                    func.count(),
                ).group_by(LedgerAttempt.method, LedgerAttempt.status, LedgerAttempt.error_code)
            ).all()
            to_cancel = session.scalar(select(func.count()).where(TO_CANCEL))
        for method, status, code, count in counted:
            attempts.add_metric([method, status, code], count)
        yield attempts
        unsettled, since = count_unsettled(self._store)
        yield GaugeMetricFamily(
            "payframe_unsettled", "Attempts with money that the portal does not know of", unsettled
        )
        yield GaugeMetricFamily(
            "payframe_unsettled_seconds",
            "How long the oldest of them has waited",
            time.time() - since if since else 0.0,
        )
        yield GaugeMetricFamily(
            "payframe_to_cancel",
            "Attempts that are over and of which the payment service has still to be told",
            to_cancel or 0,
        )


def metrics(store: Database) -> Callable[[Request], Awaitable[Response]]:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(LedgerCollector(store))

    async def endpoint(_request: Request) -> Response:
        text = await run_in_threadpool(generate_latest, registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return endpoint
