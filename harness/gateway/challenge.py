"""The pages where a buyer confirms: the card's bank inside the frame, or a bank of its own."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ..store.database import Store
from . import ledger
from .problems import Problem
from .settlement import Settlement

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)


def routes(store: Store) -> list[Route]:
    async def show(request: Request) -> Response:
        attempt = await _attempt(request)
        if attempt is None:
            return _unknown()
        if attempt.status != "action_required":
            return RedirectResponse(attempt.return_url, 303)
        page = "challenge.html" if attempt.method == "card" else "bank.html"
        return HTMLResponse(TEMPLATES.get_template(page).render(attempt=attempt))

    async def answer(request: Request) -> Response:
        attempt = await _attempt(request)
        if attempt is None:
            return _unknown()
        async with request.form() as form:
            approved = form.get("answer") == "approve"
        attempt = await run_in_threadpool(
            ledger.answer_challenge, store, attempt.id, approved=approved
        )
        settlement: Settlement = request.state.settlement
        await settlement.settle(attempt)
        return RedirectResponse(attempt.return_url, 303)

    async def _attempt(request: Request) -> ledger.Attempt | None:
        try:
            return await run_in_threadpool(
                ledger.find_attempt, store, request.path_params["attempt_id"]
            )
        except Problem:
            return None

    def _unknown() -> Response:
        return HTMLResponse(TEMPLATES.get_template("unknown.html").render(), 404)

    return [
        Route("/attempts/{attempt_id}/challenge", show, methods=["GET"]),
        Route("/attempts/{attempt_id}/challenge", answer, methods=["POST"]),
    ]
