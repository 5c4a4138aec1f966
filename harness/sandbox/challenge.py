"""The pages where a buyer confirms: the card's bank inside the frame, or a bank of its own."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from payframe.widget.gateway import pages
from payframe.widget.gateway.ledger import find_attempt
from payframe.widget.gateway.words import Language, choose, language_of, read_words
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from payframe.database import Database
from payframe.gateway import Settlement

from ..money import money_markup
from .charges import Charge, find_charge, move

CARDS = ("card", "hosted_card")
"""Methods whose buyer is asked in the frame, by the card's bank."""
FOLDER = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader([FOLDER / "templates", pages.TEMPLATES]),
    autoescape=True,
    undefined=StrictUndefined,
)
TEMPLATES.filters["money"] = money_markup


def routes(store: Database) -> list[Route]:
    async def show(request: Request) -> Response:
        charge = await _charge(request)
        if charge is None:
            return _message(request, 404, "This attempt is not known.")
        if charge.status != "waiting":
            return RedirectResponse(charge.return_url, 303)
        template = "challenge.html" if charge.method in CARDS else "bank.html"
        spoken = language(language_of(request).tag)
        return pages.rendered(TEMPLATES, spoken, template, charge=charge)

    async def answer(request: Request) -> Response:
        charge = await _charge(request)
        if charge is None:
            return _message(request, 404, "This attempt is not known.")
        async with request.form() as form:
            approved = form.get("answer") == "approve"
        await run_in_threadpool(confirm, store, charge.attempt_id, approved=approved)
        settlement: Settlement = request.state.settlement
        await settlement.look(charge.attempt_id)
        attempt = await run_in_threadpool(find_attempt, store, charge.attempt_id)
        if approved and charge.status == "waiting" and attempt.status == "failed":
            return _message(request, 409, attempt.error_message, charge.return_url)
        return RedirectResponse(charge.return_url, 303)

    async def _charge(request: Request) -> Charge | None:
        attempt_id = request.path_params["attempt_id"]
        return await run_in_threadpool(find_charge, store, attempt_id)

    def _message(request: Request, status: int, text: str, back: str = "") -> Response:
        return pages.page(request, "message.html", status, text=text, back=back)

    return [
        Route("/attempts/{attempt_id}/challenge", show, methods=["GET"]),
        Route("/attempts/{attempt_id}/challenge", answer, methods=["POST"]),
    ]


def confirm(store: Database, attempt_id: str, *, approved: bool) -> None:
    """The buyer's answer; only the first one to a charge that waits for it counts."""
    move(store, attempt_id, ("waiting",), "confirmed" if approved else "refused")


@cache
def language(tag: str) -> Language:
    """With the words of the test bank."""
    known = choose(tag)
    return Language(known.tag, {**known.words, **_words().get(known.tag, {})})


@cache
def _words() -> dict[str, dict[str, str]]:
    return dict(read_words(FOLDER / "words"))
