"""One process, two sites; and a gateway that knows the portal only through REST."""

import ast
from pathlib import Path

import httpx
import payframe.widget.gateway
import pytest
from payframe.harness.store.database import Store
from payframe.widget.build import build
from payframe.widget.folders import DIST
from payframe.widget.manifest import read_manifest

from tests.harness.support import Running, add_payment, serve


def get(running: Running, host: str, path: str) -> httpx.Response:
    url = f"http://127.0.0.1:{running.port}{path}"
    return running.http.get(url, headers={"Host": f"{host}:{running.port}"})


def test_each_host_has_its_own_site(running: Running) -> None:
    assert "Payments" in get(running, "localhost", "/").text
    assert get(running, "localhost", "/gateway/openapi.yaml").status_code == 404
    assert get(running, "localhost", "/widget/").status_code == 404
    assert get(running, "127.0.0.1", "/gateway/openapi.yaml").status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_the_shop_asked_for_elsewhere_is_one_step_away(running: Running, host: str) -> None:
    response = get(running, host, "/payments/1?theme=dark")
    assert response.status_code == 307
    assert response.headers["location"] == f"{running.addresses.seller}/payments/1?theme=dark"


def test_a_redirect_never_leaves_the_shop(running: Running) -> None:
    for path in ("//evil.example/", "/\\evil.example", "/@evil.example"):
        location = get(running, "127.0.0.1", path).headers["location"]
        assert httpx.URL(location).host == "localhost", path


def test_a_page_that_is_not_there_is_told_in_the_shops_own_look(running: Running) -> None:
    response = get(running, "localhost", "/nothing")
    assert response.status_code == 404
    assert "There is no such page in this shop." in response.text


def test_a_widget_that_is_not_built_says_how_to_build_it(running: Running) -> None:
    response = get(running, "127.0.0.1", "/widget/")
    assert response.status_code == 503
    assert "payframe build" in response.text


def test_the_widget_is_served_with_the_headers_of_its_build(store: Store) -> None:
    build()
    manifest = read_manifest(DIST)
    assert manifest
    with serve(store, DIST) as running:
        response = get(running, "127.0.0.1", "/widget/")
        for name in ("manifest.json", "_headers", "index.html.br", "..%2fpayframe.toml", "nothing"):
            assert get(running, "127.0.0.1", f"/widget/{name}").status_code == 404
    assert response.content == (DIST / "index.html").read_bytes()
    for name, value in manifest["headers"].items():
        assert response.headers[name] == value
    assert "server" not in response.headers


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0, gzip;q=0", None)],
)
def test_the_widget_is_served_as_it_was_compressed(
    store: Store, accepted: str, coding: str | None
) -> None:
    build()
    with serve(store, DIST) as running:
        url = f"http://127.0.0.1:{running.port}/widget/"
        response = running.http.get(url, headers={"Accept-Encoding": accepted})
    assert response.headers.get("content-encoding") == coding
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.content == (DIST / "index.html").read_bytes()


def test_the_widgets_slash_may_be_left_out(running: Running) -> None:
    response = get(running, "127.0.0.1", "/widget")
    assert response.status_code == 307
    assert response.headers["location"].endswith("/widget/")


def imported(file: Path) -> set[str]:
    """The modules that a file of the gateway imports, as `payframe.widget.config`."""
    package = ["payframe", "widget", "gateway"]
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            names.add(".".join([*base, *([node.module] if node.module else [])]))
    return names


def test_the_gateway_knows_nothing_of_the_shop_and_the_portal_beside_it() -> None:
    files = list(Path(payframe.widget.gateway.__path__[0]).rglob("*.py"))
    assert len(files) > 15
    for file in files:
        for name in imported(file):
            assert not name.startswith("payframe.harness"), f"{file.name} imports {name}"


def test_a_database_that_is_gone_is_told_by_every_part(alone: Running) -> None:
    payment_id = add_payment(alone.store)
    (alone.dist.parent / "harness.db").unlink()
    sentence = "harness.db was removed or replaced while payframe was using it"
    shop = alone.http.get(f"{alone.addresses.seller}/payments/{payment_id}")
    portal = alone.http.get(f"{alone.addresses.webhook}/app.info")
    view = alone.http.get(f"{alone.addresses.seller}/portal")
    gateway = alone.http.get(f"{alone.addresses.gateway}/payments/none")
    for answer in (shop, portal, view, gateway):
        assert answer.status_code == 503
        assert sentence in answer.text
    assert portal.json()["error"] == "INTERNAL_SERVER_ERROR"
    assert gateway.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["a%0Ab", "%0A", "a%0D%0Ab", "%00", "a%2Fb", "%E2%80%A8"])
def test_whatever_stands_in_a_gateways_path_it_answers_with_a_problem(
    running: Running, name: str
) -> None:
    answer = running.http.get(f"{running.addresses.gateway}/payments/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
