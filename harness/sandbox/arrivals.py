"""Money on demand: what a buyer's bank does after a code was scanned or a transfer ordered.

`POST /arrivals` with `payment_id`, a form's, ends what waits for it. The shop's page has a button
for it, and names with `back` where the browser goes then. Pages of other origins may not: who reads
one while the sandbox runs has paid nothing.
"""

from payframe.widget.gateway.pages import page
from payframe.widget.gateway.problems import ProblemError
from payframe.widget.gateway.service import whole_number
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from payframe.database import Database
from payframe.gateway import Gateway, Settlement

from ..own_origin import is_own
from .challenge import confirm
from .charges import waiting_for

CONFIRMED_ELSEWHERE = ("qr", "transfer")
"""Methods whose buyer stays on the payment page and confirms in another place."""


def routes(gateway: Gateway, store: Database) -> list[Route]:
    async def arrive(request: Request) -> Response:
        async with request.form() as sent:
            number = whole_number(str(sent.get("payment_id", "")))
            asked = str(sent.get("back", ""))
        back = asked if gateway.returns_to(asked) else ""
        try:
            if not is_own(request) and not gateway.returns_to(request.headers["origin"]):
                raise ProblemError(403, "origin_refused", "Pages of other origins may not do this.")
            attempt_id = await run_in_threadpool(waiting_for, store, number, CONFIRMED_ELSEWHERE)
            if attempt_id is None:
                raise ProblemError(
                    409,
                    "nothing_waits",
                    "Nothing waits for money here. Have a code or the bank details shown first.",
                )
            await run_in_threadpool(confirm, store, attempt_id, approved=True)
            settlement: Settlement = request.state.settlement
            await settlement.look(attempt_id)
        except ProblemError as problem:
            if not back:
                raise
            return page(request, "message.html", problem.status, text=problem.detail, back=back)
        return RedirectResponse(back, 303) if back else JSONResponse({"payment_id": number})

    return [Route("/arrivals", arrive, methods=["POST"])]
