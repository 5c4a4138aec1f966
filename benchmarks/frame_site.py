"""The shop and the pages in its frames that benchmarks/frame.py compares."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import brotli
import deno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from payframe.harness.portal.provision import provision, webhook_url
from payframe.harness.sale.fields import system_params
from payframe.harness.server.app import Addresses, create_app
from payframe.harness.server.seed import seed
from payframe.harness.server.serving import listen, server
from payframe.harness.store.database import open_store
from payframe.harness.store.models import Payment
from payframe.widget.config import load
from payframe.widget.packages import packages
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

ROOT = Path(__file__).parents[1]
PAGES = Path(__file__).parent / "frame"
CACHE = ROOT / ".payframe" / "benchmarks"
"""Where the packages of the others lie: they are no part of payframe, and of no one's install."""

PACKAGES = {
    "@iframe-resizer/child": "5.5.9",
    "@iframe-resizer/parent": "5.5.9",
    "@open-iframe-resizer/core": "2.1.0",
    "penpal": "7.0.6",
}
RESIZER_CHILD = "@iframe-resizer/child/index.umd.js"


@dataclass(frozen=True)
class Contender:
    """A page for the frame, and what the shop's page around it needs.

    Scripts are files of benchmarks/frame/ or, with a slash, of packages, in their minified form.
    `state` is the state in which the payment is shown, for a page that has one.
    """

    name: str
    child: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    state: str | None = None


PLATFORM = ("platform.parent.js",)
WIDGET = Contender("payframe", head=PLATFORM, state="ready")
SIZING = Contender("payframe's sizing", ("payframe-size.child.ts",), head=PLATFORM)
VENDOR = Contender("vendor's samples", ("vendor.child.js",), head=PLATFORM)
RESIZER = Contender(
    "iframe-resizer",
    (RESIZER_CHILD,),
    foot=("@iframe-resizer/parent/index.umd.js", "iframe-resizer.parent.js"),
)
OPEN_RESIZER = Contender(
    "open-iframe-resizer",
    ("@open-iframe-resizer/core/dist/index.umd.cjs",),
    foot=("@open-iframe-resizer/core/dist/index.umd.cjs", "open-iframe-resizer.parent.js"),
)
PENPAL = Contender(
    "penpal",
    ("penpal/dist/penpal.min.js", "penpal.child.js"),
    foot=("penpal/dist/penpal.min.js", "penpal.parent.js"),
)
CONTENDERS = (VENDOR, WIDGET, SIZING, RESIZER, OPEN_RESIZER, PENPAL)


def fetch_packages() -> None:
    """Install the other contenders' packages into the cache, once a version."""
    wanted = json.dumps(
        {
            "nodeModulesDir": "auto",
            "imports": {name: f"npm:{name}@{version}" for name, version in PACKAGES.items()},
        }
    )
    described = CACHE / "deno.json"
    if described.is_file() and described.read_text() == wanted:
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    described.write_text(wanted)
    try:
        _deno("install", "--quiet", folder=CACHE)
    except BaseException:
        described.unlink()
        raise


def script(name: str) -> str:
    """A script of a contender, minified: the packages are so already."""
    if "/" in name:
        return (CACHE / "node_modules" / name).read_text().partition("//# sourceMappingURL")[0]
    return _deno(
        *("run", "--quiet", "--allow-all", "--frozen", "npm:esbuild", str(PAGES / name)),
        *("--bundle", "--minify", "--format=iife", "--legal-comments=none"),
        folder=packages(),
    )


def _deno(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [deno.find_deno_bin(), *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"deno {arguments[0]} failed:\n{done.stderr.strip()}")
    return done.stdout.strip()


@dataclass
class Site:
    """The running pages. `sizes` has the bytes of each frame's page with brotli."""

    seller: str
    sizes: dict[str, int] = field(default_factory=dict)

    def shop(self, contender: Contender, frames: int = 1) -> str:
        return f"{self.seller}/benchmark/{CONTENDERS.index(contender)}/{frames}"


@contextmanager
def running(database: Path, dist: Path) -> Iterator[Site]:
    """Serve shop, portal and gateway as the demo does, and the contenders' pages beside them."""
    port, sockets = listen(0)
    seller, service = f"http://localhost:{port}", f"http://127.0.0.1:{port}"
    store = open_store(str(database))
    config = load(ROOT / "payframe.toml")
    seed(store, config, f"{service}/widget/", f"{service}/gateway")
    with store.write() as session:
        provision(session)
    addresses = Addresses(seller, service, webhook_url(store, seller))
    ready = threading.Event()
    harness = create_app(store, addresses, dist, [], on_start=ready.set)
    with store.read() as session:
        payment = session.scalars(
            select(Payment).where(Payment.paid == "N").order_by(Payment.id)
        ).first()
        assert payment is not None
        message = {"serviceid": "4411", "BX_SYSTEM_PARAMS": system_params(payment, f"{seller}/")}

    templates = Environment(
        loader=FileSystemLoader(PAGES), undefined=StrictUndefined, autoescape=False
    )
    scripts = {
        name: script(name) for each in CONTENDERS for name in each.child + each.head + each.foot
    }
    site = Site(seller, {WIDGET.name: len((dist / "index.html.br").read_bytes())})
    children: dict[str, bytes] = {}
    for each in CONTENDERS:
        if each is not WIDGET:
            page = templates.get_template("content.html").render(
                scripts=[scripts[name] for name in each.child]
            )
            children[each.name] = brotli.compress(page.encode())
            site.sizes[each.name] = len(children[each.name])
    site.sizes[RESIZER_CHILD] = len(brotli.compress(scripts[RESIZER_CHILD].encode()))

    def shop(request: Request) -> Response:
        number = request.path_params["contender"]
        contender = CONTENDERS[number]
        own = f"{service}/benchmark/frame/{number}"
        return HTMLResponse(
            templates.get_template("parent.html").render(
                frames=[message] * request.path_params["frames"],
                src=addresses.widget if contender is WIDGET else own,
                head=[scripts[name] for name in contender.head],
                foot=[scripts[name] for name in contender.foot],
            )
        )

    def child(request: Request) -> Response:
        name = CONTENDERS[request.path_params["contender"]].name
        return HTMLResponse(children[name], headers={"Content-Encoding": "br"})

    app = Starlette(
        lifespan=lambda _app: harness.router.lifespan_context(harness),
        routes=[
            Route("/benchmark/frame/{contender:int}", child),
            Route("/benchmark/{contender:int}/{frames:int}", shop),
            Mount("", harness),
        ],
    )
    serving = server(app, None)
    thread = threading.Thread(target=serving.run, args=(sockets,))
    thread.start()
    try:
        if not ready.wait(20):
            raise SystemExit("The shop does not start.")
        yield site
    finally:
        serving.should_exit = True
        thread.join()
        store.close()
