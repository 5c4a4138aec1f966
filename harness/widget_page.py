"""The built widget, served as a static host would serve it."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not built</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff }</style>
<h1>The widget is not built</h1>
<p>Run <code>payframe build</code>, then load this page again.</p>
"""


def widget_routes(dist: Path, allowed_sellers: list[str]) -> list[Route]:
    ancestors = " ".join(allowed_sellers) or "*"
    headers = {
        "Content-Security-Policy": f"frame-ancestors {ancestors}",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }

    def page(_request: Request) -> Response:
        index = dist / "index.html"
        if not index.is_file():
            return HTMLResponse(NOT_BUILT, 503)
        return FileResponse(index, headers=headers)

    def without_slash(_request: Request) -> Response:
        return RedirectResponse("/widget/")

    return [
        Route("/widget/", page, methods=["GET"]),
        Route("/widget", without_slash, methods=["GET"]),
    ]
