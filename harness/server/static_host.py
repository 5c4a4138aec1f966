"""The built widget, served as a static host would serve it: with the headers of its manifest."""

from pathlib import Path

from payframe.widget.manifest import read_manifest
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not built</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff }</style>
<h1>The widget is not built</h1>
<p>Run <code>payframe build</code>, then load this page again.</p>
"""
# Content coding -> ending of the file that is compressed so, the better one first.
COMPRESSED = {"br": ".br", "gzip": ".gz"}
MEDIA_TYPES = {".html": "text/html", ".json": "application/json"}


def widget_routes(dist: Path) -> list[Route]:
    def file(request: Request) -> Response:
        built = read_manifest(dist)
        if built is None:
            return HTMLResponse(NOT_BUILT, 503)
        name = request.path_params.get("name", "index.html")
        if name not in built["files"] or not built["files"][name]["public"]:
            return Response(status_code=404)
        headers = {**built["headers"], "Vary": "Accept-Encoding"}
        accepted = request.headers.get("accept-encoding", "").replace(" ", "").split(",")
        path = dist / name
        for coding, ending in COMPRESSED.items():
            if coding in accepted and f"{name}{ending}" in built["files"]:
                headers["Content-Encoding"] = coding
                path = dist / f"{name}{ending}"
                break
        media_type = MEDIA_TYPES[Path(name).suffix]
        return FileResponse(path, headers=headers, media_type=media_type)

    def without_slash(_request: Request) -> Response:
        return RedirectResponse("/widget/")

    return [
        Route("/widget/", file, methods=["GET"]),
        Route("/widget/{name:path}", file, methods=["GET"]),
        Route("/widget", without_slash, methods=["GET"]),
    ]
