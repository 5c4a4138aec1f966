"""A project of the integrator's own: which files it has, and how they are written."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import distribution, version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from payframe.widget.modes import MODE_KEYS, Mode

from payframe.errors import PayframeError

TEMPLATES = Path(__file__).parent / "templates"
JINJA = ".jinja"
COMMON = {
    "README.md": "README.md.jinja",
    "payframe.toml": "payframe.toml.jinja",
    ".env.example": "env.example.jinja",
    ".gitignore": "gitignore",
    ".github/workflows/check.yml": "check.yml.jinja",
    "pytest.ini": "pytest.ini",
    "requirements-dev.txt": "requirements-dev.txt.jinja",
    "tests/conftest.py": "conftest.py.jinja",
    "tests/test_server.py": "test_server.py.jinja",
}
"""File of a project -> its template."""
OF_A_GATEWAY = {"requirements.txt": "requirements.txt.jinja"}
"""The same, where payframe's gateway is the server."""


class ProjectError(PayframeError):
    """The project cannot be written; nothing of it has been."""


@dataclass(frozen=True)
class Project:
    """What is different in the files that all projects have.

    `start` runs the server for the demo, `check` for a check with data of its own, `command` in
    production; `files` is where its data is, in a sentence, `service` the file to fill in.
    `state` are lines of .env.example, `page` is the path of the page, `setup` steps of the workflow
    before the tests; `extras` are those of payframe that its tests need, and `server_extras` those
    that its server needs, where that is payframe's own. `provider` is what that is asked to be paid
    by, `method` what the page offers of it, `account` where its currencies are decided.
    """

    name: str
    service: str
    start: str
    check: str
    command: str
    files: str
    state: str
    page: str = "/"
    setup: str = ""
    needs: str = ""
    extras: str = "gateway"
    server_extras: str = ""
    provider: str = ""
    method: str = "card"
    account: str = "service"
    telling: str = "What an earlier run has left is told when the server starts again."


PYTHON = Project(
    name="python",
    service="service.py",
    start="python server.py",
    check="DATABASE=$(mktemp) python server.py",
    command="python server.py",
    files="`payments.db`",
    state="DATABASE=payments.db",
    setup="      - run: pip install -r requirements.txt",
    needs=". The server itself needs `pip install -r requirements.txt`",
)
PHP_SERVER = "php -q -S 127.0.0.1:${PORT:-3000} server.php"
PHP = Project(
    name="php",
    service="service.php",
    start="php -q -S 127.0.0.1:3000 server.php",
    check=f"DATABASE=$(mktemp) {PHP_SERVER}",
    command="php -S 127.0.0.1:3000 server.php",
    files="`payments.db`",
    state="DATABASE=payments.db",
    needs=". The server needs PHP 8.1 or newer with its extensions curl and pdo_sqlite",
    telling=(
        "What could not be told is told when the page asks again, and by `php server.php advance`: "
        "have cron run it once a minute.\n\nPHP's own server is for development. In the container "
        "Apache runs the same files, and `podman exec CONTAINER php /app/server.php advance` is "
        "what cron runs."
    ),
)
NODE = Project(
    name="node",
    service="service.js",
    start="node server.js",
    check="DATA=$(mktemp -d) node server.js",
    command="node server.js",
    files="the folder `data`",
    state="DATA=data",
    setup='      - uses: actions/setup-node@v4\n        with:\n          node-version: "22"',
    needs=". The server needs Node 20 or newer, and no package",
    telling=(
        "What an earlier run has left is told when the server starts again. Its data is a file for "
        "one process: for more of them put a database into ledger.js."
    ),
)
SERVERS = {project.name: project for project in (PYTHON, PHP, NODE)}
SERVE = "payframe serve --url http://127.0.0.1:${PORT:-3000} --port ${PORT:-3000}"
PROVIDER = Project(
    name="own",
    service="provider.py",
    start="payframe serve --url http://127.0.0.1:3000 --port 3000",
    check=f"{SERVE} --database $(mktemp -d)/gateway.db",
    command="payframe serve --port 3000",
    files="`.payframe`",
    state="",
    page="/widget/",
    server_extras="postgresql",
    provider="provider.py",
)
STRIPE = replace(
    PROVIDER,
    name="stripe",
    service="payframe.toml",
    extras="gateway,stripe",
    server_extras="postgresql,stripe",
    provider="stripe",
    method="stripe_card",
    account="Stripe account",
)
PROVIDERS = {project.name: project for project in (PROVIDER, STRIPE)}


CURRENCIES = ("USD", "EUR")
MODES: tuple[Mode, ...] = ("iframe",)
"""Those of a project for which nothing else is said."""
NAMES: dict[Mode, str] = {"iframe": "Card", "checkout": "Pay by link", "form": "Pay by form"}
"""What the buyer reads among the ways to pay, by the mode of the handler."""


def write_project(
    project: Project,
    folder: Path,
    modes: Sequence[Mode] = MODES,
    currencies: Sequence[str] = CURRENCIES,
) -> Iterator[Path]:
    """Write the files of a project, and yield each. Raises ProjectError.

    It has a handler in each of `modes`, which take `currencies`, codes of ISO 4217. A folder that
    exists loses nothing: where one of the files is there, none is written.
    """
    own = TEMPLATES / project.name
    # A project may have a file of its own in place of that of all.
    loader = FileSystemLoader([own, TEMPLATES / "common"])
    environment = Environment(  # noqa: S701 - no HTML is written
        loader=loader,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.globals |= vars(project) | {
        "payframe": _requirement,
        "modes": list(modes),
        "hosted": list(modes) != ["iframe"],
        "currencies": list(currencies),
        "currency": "" if "USD" in currencies else f', currency="{currencies[0]}"',
        "keys": MODE_KEYS,
        "names": NAMES,
    }

    def content(name: str) -> str:
        if name.endswith(JINJA):
            return environment.get_template(name).render()
        return loader.get_source(environment, name)[0]

    templates = COMMON | (OF_A_GATEWAY if project.server_extras else {})
    contents = {name: content(template) for name, template in templates.items()}
    contents |= {
        path.name: path.read_text("utf-8")
        for path in sorted(own.iterdir())
        if path.is_file() and path.suffix != JINJA and path.name not in COMMON.values()
    }
    _refuse_existing(folder, contents)
    for name, text in contents.items():
        file = folder / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as written:
                written.write(text)
        except OSError as error:
            raise ProjectError(f"{file}: cannot be written: {error.strerror}") from error
        yield file


def _refuse_existing(folder: Path, names: Iterable[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is no folder.")
    existing = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    if existing:
        raise ProjectError(
            f"{folder} has files that the project would overwrite: {', '.join(existing)}. "
            "Nothing was written. Name another folder, or move them away."
        )


def _requirement(extras: str) -> str:
    """How a project installs this payframe: from where it has come itself, where that is known."""
    origin = json.loads(distribution("payframe").read_text("direct_url.json") or "{}")
    vcs = origin.get("vcs_info")
    if vcs:
        return f"payframe[{extras}] @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return (
        "# TODO: where payframe is installed from, as in\n"
        f"# payframe[{extras}] @ git+https://HOST/OWNER/payframe\n"
        f"payframe[{extras}]=={version('payframe')}"
    )
