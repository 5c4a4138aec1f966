"""The vault's site: its script, the page of a field, and where a card becomes a token."""

from pathlib import Path

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route, Router

from ..cards import Card, passes_luhn
from .tokens import Vault

STATIC = Path(__file__).parent / "static"
# Shown by any page; a field loads and reaches nothing but the vault.
FIELD_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
FILES = {
    "vault.js": "text/javascript",
    "field": "text/html",
    "field.js": "text/javascript",
    "field.css": "text/css",
}


def vault_app(vault: Vault) -> Router:
    def file(request: Request) -> Response:
        name = request.url.path.removeprefix("/")
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        if name == "field":
            headers["Content-Security-Policy"] = FIELD_POLICY
        if name == "vault.js":
            headers["Access-Control-Allow-Origin"] = "*"  # pages load it with integrity
        path = STATIC / (f"{name}.html" if name == "field" else name)
        return FileResponse(path, headers=headers, media_type=FILES[name])

    async def tokenize(request: Request) -> Response:
        """Only for the vault's own frames: other origins are told nothing, not even by CORS."""
        try:
            card = Card.model_validate_json(await request.body())
        except ValidationError:
            card = None
        if card is None or not passes_luhn(card.number):
            return JSONResponse({"error": "invalid_card"}, 422)
        return JSONResponse({"token": vault.tokenize(card)}, 201)

    return Router(
        [
            *(Route(f"/{name}", file, methods=["GET"]) for name in FILES),
            Route("/tokens", tokenize, methods=["POST"]),
        ]
    )
