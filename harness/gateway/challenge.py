"""The pages where a buyer confirms: the card's bank inside the frame, or a bank of its own."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ..money import money_markup
from ..store.database import Store
from . import ledger
from .attempts import answer_challenge
from .problems import ProblemError
from .settlement import Settlement

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)
TEMPLATES.filters["money"] = money_markup


def routes(store: Store) -> list[Route]:
    async def show(request: Request) -> Response:
        attempt = await _attempt(request)
        if isinstance(attempt, ProblemError):
            return _message(attempt)
        if attempt.status != "action_required":
            return RedirectResponse(attempt.return_url, 303)
        page = "challenge.html" if attempt.method == "card" else "bank.html"
        return HTMLResponse(TEMPLATES.get_template(page).render(attempt=attempt))

    async def answer(request: Request) -> Response:
        attempt = await _attempt(request)
        if isinstance(attempt, ProblemError):
            return _message(attempt)
        async with request.form() as form:
            approved = form.get("answer") == "approve"
        attempt = await run_in_threadpool(answer_challenge, store, attempt.id, approved=approved)
        settlement: Settlement = request.state.settlement
        await settlement.settle(attempt)
        if attempt.status == "processing":
            attempt = await run_in_threadpool(ledger.find_attempt, store, attempt.id)
            if attempt.status == "failed":
                refusal = ProblemError(409, attempt.error_code, attempt.error_message)
                return _message(refusal, attempt.return_url)
        return RedirectResponse(attempt.return_url, 303)

    async def _attempt(request: Request) -> ledger.Attempt | ProblemError:
        try:
            return await run_in_threadpool(
                ledger.find_attempt, store, request.path_params["attempt_id"]
            )
        except ProblemError as problem:
            return problem

    def _message(problem: ProblemError, back: str = "") -> Response:
        page = TEMPLATES.get_template("message.html").render(text=problem.detail, back=back)
        return HTMLResponse(page, problem.status)

    return [
        Route("/attempts/{attempt_id}/challenge", show, methods=["GET"]),
        Route("/attempts/{attempt_id}/challenge", answer, methods=["POST"]),
    ]
