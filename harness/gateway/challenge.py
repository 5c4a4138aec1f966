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
from .methods import CARDS
from .problems import ProblemError
from .settlement import Settlement
from .words import language_of

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)
TEMPLATES.filters["money"] = money_markup


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A page of the test bank, in the buyer's language."""
    language = language_of(request)
    html = TEMPLATES.get_template(template).render(
        language=language, say=language.say, **{"back": "", **context}
    )
    return HTMLResponse(html, status, {"Content-Language": language.tag})


def routes(store: Store) -> list[Route]:
    async def show(request: Request) -> Response:
        attempt = await _attempt(request)
        if isinstance(attempt, ProblemError):
            return _message(request, attempt)
        if attempt.status != "action_required":
            return RedirectResponse(attempt.return_url, 303)
        template = "challenge.html" if attempt.method in CARDS else "bank.html"
        return page(request, template, attempt=attempt)

    async def answer(request: Request) -> Response:
        attempt = await _attempt(request)
        if isinstance(attempt, ProblemError):
            return _message(request, attempt)
        async with request.form() as form:
            approved = form.get("answer") == "approve"
        attempt = await run_in_threadpool(answer_challenge, store, attempt.id, approved=approved)
        settlement: Settlement = request.state.settlement
        await settlement.settle(attempt)
        if attempt.status == "processing":
            attempt = await run_in_threadpool(ledger.find_attempt, store, attempt.id)
            if attempt.status == "failed":
                refusal = ProblemError(409, attempt.error_code, attempt.error_message)
                return _message(request, refusal, attempt.return_url)
        return RedirectResponse(attempt.return_url, 303)

    async def _attempt(request: Request) -> ledger.Attempt | ProblemError:
        try:
            return await run_in_threadpool(
                ledger.find_attempt, store, request.path_params["attempt_id"]
            )
        except ProblemError as problem:
            return problem

    def _message(request: Request, problem: ProblemError, back: str = "") -> Response:
        return page(request, "message.html", problem.status, text=problem.detail, back=back)

    return [
        Route("/attempts/{attempt_id}/challenge", show, methods=["GET"]),
        Route("/attempts/{attempt_id}/challenge", answer, methods=["POST"]),
    ]
