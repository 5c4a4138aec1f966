"""The form of the web view that registers a handler and its payment system, by the calls of REST
that an integrator's own code would make."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from payframe.widget.modes import MODE_KEYS, Mode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..own_origin import is_own
from ..printable import mask_tokens
from .provision import webhook_path
from .snippets import code_of
from .view import page

if TYPE_CHECKING:
    from .dispatch import PortalState

ADD_HANDLER, ADD_PAY_SYSTEM = "sale.paysystem.handler.add", "sale.paysystem.add"
PAGE = "http://127.0.0.1:3000/pay"
"""Where a page or a server is that is just being written."""


@dataclass(frozen=True)
class Asked:
    """The parameters of both calls, as JSON that somebody types."""

    handler: str
    pay_system: str


def example(mode: Mode) -> Asked:
    """The vendor's example of a handler in a mode: its parameters, fields and settings."""
    suffix = "" if mode == "form" else f"_{mode.upper()}"
    fields: dict[str, Any] = {"serviceid": {"CODE": f"REST_SERVICE_ID{suffix}"}}
    data: dict[str, Any] = {"ACTION_URI": PAGE, "FIELDS": fields}
    codes: dict[str, Any] = {
        f"REST_SERVICE_ID{suffix}": {"NAME": "Store number", "SORT": "100"},
        f"REST_SERVICE_KEY{suffix}": {"NAME": "Secret key", "SORT": "300"},
        f"PS_WORK_MODE{suffix}": {
            "NAME": "Mode of work",
            "SORT": "1100",
            "INPUT": {"TYPE": "ENUM", "OPTIONS": {"TEST": "Test", "REGULAR": "Live"}},
        },
    }
    if mode == "form":
        phone = {"VISIBLE": "Y", "CODE": {"NAME": "Phone number", "TYPE": "STRING"}}
        number = {"CODE": "PAYMENT_ID", "VISIBLE": "Y"}
        data = {
            "ACTION_URI": PAGE,
            "METHOD": "POST",
            "FIELDS": {"phone": phone, "paymentId": number, **fields},
        }
        default = {"PROVIDER_KEY": "PAYMENT", "PROVIDER_VALUE": "ACCOUNT_NUMBER"}
        codes["PAYMENT_ID"] = {"NAME": "Payment number", "SORT": "400", "DEFAULT": default}
    code = f"my{mode}"
    return Asked(
        _written(
            {
                "NAME": f"My service ({mode})",
                "CODE": code,
                "SORT": 100,
                "SETTINGS": {
                    "CURRENCY": ["USD"],
                    "CLIENT_TYPE": "b2c",
                    MODE_KEYS[mode]: data,
                    "CODES": codes,
                },
            }
        ),
        _written(
            {
                "NAME": "My service",
                "PERSON_TYPE_ID": 1,
                "BX_REST_HANDLER": code,
                "ACTIVE": "Y",
                "ENTITY_REGISTRY_TYPE": "ORDER",
                "SETTINGS": {f"REST_SERVICE_ID{suffix}": {"TYPE": "VALUE", "VALUE": "4411"}},
            }
        ),
    )


def _written(params: dict[str, Any]) -> str:
    return json.dumps(params, indent=2, ensure_ascii=False)


def routes(portal: "PortalState") -> list[Route]:
    def ask(request: Request) -> Response:
        wanted = request.query_params.get("example")
        mode: Mode = next((each for each in MODE_KEYS if each == wanted), "iframe")
        return show(request, example(mode), mode=mode)

    async def add(request: Request) -> Response:
        if not is_own(request):
            return Response("Pages of other origins may not register handlers.\n", 403)
        async with request.form() as sent:
            asked = Asked(str(sent.get("handler", "")), str(sent.get("pay_system", "")))
            only_shown = "show" in sent
        calls = [(ADD_HANDLER, asked.handler), (ADD_PAY_SYSTEM, asked.pay_system)]
        for method, typed in calls:
            try:
                json.loads(typed or "null")
            except ValueError as error:
                return show(request, asked, f"{method}: this is no JSON: {error}", 422)
        if only_shown:
            return show(request, asked)
        # By REST, as any other caller: the calls are in the log, with all that is said of them.
        transport = httpx.ASGITransport(request.app)
        base = str(request.base_url)
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            for method, typed in calls:
                if not typed.strip():
                    continue
                path = f"/rest/{webhook_path(portal.store)}/{method}"
                answer = (await client.post(path, content=typed, headers=JSON)).json()
                if "error" in answer:
                    text = f"{method}: {answer['error']}: {answer.get('error_description', '')}"
                    return show(request, asked, text, 422)
        return RedirectResponse("/portal#handlers", 303)

    def show(
        request: Request, asked: Asked, problem: str = "", status: int = 200, mode: str = ""
    ) -> Response:
        base = f"{request.base_url}rest/{webhook_path(portal.store)}"
        code = {
            method: code_of(mask_tokens(f"{base}/{method}"), _read(typed))
            for method, typed in ((ADD_HANDLER, asked.handler), (ADD_PAY_SYSTEM, asked.pay_system))
        }
        return page(
            "register.html",
            status,
            asked=asked,
            problem=problem,
            modes=list(MODE_KEYS),
            mode=mode,
            code=code,
        )

    return [
        Route("/portal/handlers/new", ask, methods=["GET"]),
        Route("/portal/handlers", add, methods=["POST"]),
    ]


JSON = {"content-type": "application/json"}


def _read(typed: str) -> Any:
    try:
        return json.loads(typed)
    except ValueError:
        return {}
