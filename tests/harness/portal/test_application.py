"""An application in the portal's frame: the vendor's BX24.js example, and B24Frame unpatched."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from payframe.harness.portal.provision import APPLICATIONS, mint_token, webhook_url
from payframe.harness.server.portal import portal_app
from payframe.harness.server.serving import in_thread, listen
from payframe.harness.store.database import Store, open_store
from payframe.harness.store.models import Handler
from playwright.sync_api import Frame, Page, Response, expect
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from tests.harness.portal.reference import PAGE

B24JSSDK = (
    Path(__file__).parents[3] / "node_modules" / "@bitrix24" / "b24jssdk" / "dist" / "umd"
) / "index.min.js"


def vendors_examples() -> list[str]:
    """Each BX24.callMethod(...) of the vendor's page, as it is printed there."""
    return re.findall(r"^BX24\.callMethod\(.*?^\s*\);$", PAGE.read_text("utf-8"), re.M | re.S)


@dataclass
class Site:
    """A portal and, on another site, an application with the page that a test gives it."""

    store: Store
    portal: str
    application: str
    pages: dict[str, str] = field(default_factory=dict)

    def open(self, page: Page, body: str, **query: str) -> Frame:
        self.pages["app"] = f'<!doctype html><link rel="icon" href="data:,"><body>{body}'
        url = str(
            httpx.URL(f"{self.portal}/portal/app").copy_merge_params(
                {"url": f"{self.application}/app?own=1", **query}
            )
        )
        page.goto(url)
        element = page.wait_for_selector("iframe.application")
        assert element
        frame = element.content_frame()
        assert frame
        return frame

    def codes(self) -> list[str]:
        with self.store.read() as session:
            return list(session.scalars(select(Handler.code).order_by(Handler.id)))


@pytest.fixture
def site(tmp_path: Path, provisioned: Path) -> Iterator[Site]:
    store = open_store(shutil.copy(str(provisioned), str(tmp_path)))
    portal_port, portal_sockets = listen(0)
    port, sockets = listen(0)
    made = Site(store, f"http://localhost:{portal_port}", f"http://127.0.0.1:{port}")

    def sdk(_request: Any) -> PlainTextResponse:
        return PlainTextResponse(B24JSSDK.read_text("utf-8"), media_type="text/javascript")

    def app(_request: Any) -> HTMLResponse:
        return HTMLResponse(made.pages["app"])

    routes = [Route("/app", app, methods=["GET", "POST"]), Route("/b24jssdk.js", sdk)]

    def application(ready: Any) -> Starlette:
        ready()
        return Starlette(routes=routes)

    with (
        in_thread(lambda ready: portal_app(store, on_start=ready), portal_sockets),
        in_thread(application, sockets),
    ):
        yield made
    store.close()


def bx24(site: Site, script: str) -> str:
    return (
        f'<p id="done"></p><script src="{site.portal}/portal/api/v1/"></script>'
        "<script>const done = (value) => { document.getElementById('done').textContent = "
        f"JSON.stringify(value); }};\n{script}</script>"
    )


def done(frame: Frame) -> Any:
    expect(frame.locator("#done")).not_to_be_empty()
    return json.loads(frame.locator("#done").inner_text())


def test_the_vendors_examples_run(site: Site, page: Page) -> None:
    examples = vendors_examples()
    assert len(examples) == 3
    answers: list[Response] = []
    page.on("response", lambda each: answers.append(each) if "/rest/" in each.url else None)
    messages: list[str] = []
    page.on("console", lambda each: messages.append(each.type))
    with page.expect_event("console", lambda _: len(messages) == 3):
        site.open(page, bx24(site, "BX24.init(() => {\n" + "\n".join(examples) + "\n});"))
    assert {each.status for each in answers} == {200}
    assert messages == ["info"] * 3
    assert sorted(site.codes()) == [
        "resthandlercheckout",
        "resthandlerform",
        "resthandleriframe",
    ]
    # A form, which a browser posts without asking first.
    assert {each.request.method for each in answers} == {"POST"}
    with site.store.read() as session:
        owners = set(session.scalars(select(Handler.application)))
    assert owners == {APPLICATIONS[0]}


def test_an_error_and_a_batch_as_bx24_gives_them(site: Site, page: Page) -> None:
    script = """
    BX24.init(() => BX24.callMethod("sale.paysystem.handler.add", { NAME: "a" }, (refused) =>
      BX24.callBatch({
        types: ["sale.persontype.list", { select: ["id"], order: { id: "desc" } }],
        one: {
          method: "sale.persontype.get",
          params: { id: "$result[types][personTypes][0][id]" },
        },
        wrong: ["nope"],
      }, (batch) => done({
        refused: String(refused.error()),
        first: batch.types.data().personTypes[0].id,
        one: batch.one.data().personType.id,
        total: batch.types.total(),
        more: batch.types.more(),
        wrong: batch.wrong.error().ex.error,
        auth: BX24.getAuth().domain,
        admin: BX24.isAdmin(),
        lang: BX24.getLang(),
      }))));
    """
    got = done(site.open(page, bx24(site, script)))
    text = "ERROR_CHECK_FAILURE: Parameter CODE is not defined (400)"
    assert got == {
        "refused": text,
        "first": 6,
        "one": 6,
        "total": 6,
        "more": False,
        "wrong": "ERROR_METHOD_NOT_FOUND",
        "auth": httpx.URL(site.portal).netloc.decode(),
        "admin": True,
        "lang": "en",
    }


def test_bx24_resizes_its_frame_titles_it_and_keeps_options(site: Site, page: Page) -> None:
    script = """
    BX24.init(() => BX24.resizeWindow(600, 1234, () => BX24.setTitle("Acme: pay", () => {
      BX24.appOption.set("theme", "a:b", () => done(BX24.appOption.get("theme")));
    })));
    """
    frame = site.open(page, bx24(site, script))
    assert done(frame) == "a:b"
    box = frame.frame_element().bounding_box()
    assert box
    assert (box["width"], box["height"]) == (600, 1234)
    expect(page.locator("#title")).to_have_text("Acme: pay")


def test_bx24_installs(site: Site, page: Page) -> None:
    script = "BX24.install(() => BX24.installFinish().then(done));"
    assert done(site.open(page, bx24(site, script), install="1")) is True


def test_bx24_gets_a_new_token_when_the_portal_says_it_has_expired(site: Site, page: Page) -> None:
    script = """
    BX24.init(() => BX24.refreshAuth((auth) =>
      done(auth.access_token === BX24.getAuth().access_token)));
    """
    assert done(site.open(page, bx24(site, script), application="local.new")) is True


def test_b24frame_works_unpatched(site: Site, page: Page) -> None:
    script = """
    const b24 = await B24Js.initializeB24Frame();
    const call = (method, params) => b24.actions.v2.call.make({ method, params, requestId: "t" });
    const added = await call("sale.paysystem.handler.add", {
      NAME: "Frame", CODE: "frame",
      SETTINGS: {
        CODES: { A: { NAME: "a" } },
        IFRAME_DATA: { ACTION_URI: "https://p.example.com/" },
      },
    });
    const listed = await call("sale.paysystem.handler.list", {});
    const version3 = await b24.actions.v3.call.make({ method: "sale.order.list", params: {} })
      .then((answer) => answer.getErrorMessages().join(), (error) => error.message);
    const deleted = await call("sale.paysystem.handler.delete", { ID: added.getData().result });
    await b24.parent.resizeWindow(640, 500);
    await b24.parent.setTitle("Frame");
    const auth = await b24.auth.refreshAuth();
    document.getElementById("done").textContent = JSON.stringify({
      added: added.getData().result,
      codes: listed.getData().result.map((each) => each.CODE),
      deleted: deleted.getData().result,
      version3,
      origin: b24.getTargetOrigin(),
      auth: auth.expires_in > 0,
    });
    """
    frame = site.open(
        page,
        '<p id="done"></p><script src="/b24jssdk.js"></script>'
        f'<script type="module">{script}</script>',
    )
    got = done(frame)
    assert "sale.order.list was not found" in got.pop("version3")
    assert got == {
        "added": 1,
        "codes": ["frame"],
        "deleted": True,
        "origin": site.portal,
        "auth": True,
    }
    expect(page.locator("#title")).to_have_text("Frame")
    assert site.codes() == []


def test_an_applications_server_gets_the_token_in_a_form(site: Site, page: Page) -> None:
    with page.expect_request(f"{site.application}/app?*") as posted:
        site.open(page, "", post="1")
    form = dict(parse_qsl(posted.value.post_data or ""))
    answer = httpx.get(f"{site.portal}/rest/app.info", params={"auth": form["AUTH_ID"]})
    assert answer.json()["result"]["CODE"] == APPLICATIONS[0]
    assert (form["PLACEMENT"], form["PLACEMENT_OPTIONS"], form["status"]) == ("DEFAULT", "{}", "L")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "http://[", "/app"])
def test_only_a_web_page_is_shown(site: Site, url: str) -> None:
    answer = httpx.get(f"{site.portal}/portal/app", params={"url": url})
    assert answer.status_code == 400
    assert "No application is shown" in answer.text


def test_another_sites_link_gets_no_token(site: Site) -> None:
    query = {"url": "https://evil.example/"}
    for origin in ("cross-site", "same-site"):
        headers = {"sec-fetch-site": origin}
        shown = httpx.get(f"{site.portal}/portal/app", params=query, headers=headers)
        assert shown.status_code == 400
        asked = httpx.post(f"{site.portal}/portal/app/initial", headers=headers)
        assert asked.status_code == 403
    page = httpx.get(f"{site.portal}/portal/app", params=query)
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_an_application_gets_a_token_of_its_own_that_is_used_again(site: Site) -> None:
    def token(application: str) -> Any:
        url = f"{site.portal}/portal/app/initial"
        return httpx.post(url, params={"application": application}).json()["AUTH_ID"]

    first = token("local.new")
    assert token("local.new") == first != token("local.other")
    with site.store.write() as session:
        mint_token(session, application="local.new", rights="none")
    assert token("local.new") == first
    answer = httpx.get(f"{site.portal}/rest/app.info", params={"auth": first}).json()
    assert answer["result"]["CODE"] == "local.new"
    assert webhook_url(site.store, site.portal).endswith("/")
