"""payframe.toml: payment handlers with their payment systems, and the widget's settings.

Read once, by `load`, into a typed model.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urljoin

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from payframe.errors import PayframeError

from .folders import locales, methods
from .handler import FurtherHandler, Handler, PaySystem, Strict, Text, web_url
from .loads import OF_METHODS, Loads
from .origins import parse_pattern
from .secret import is_secret_name


class ConfigError(PayframeError):
    """The configuration cannot be used; the message names file, line and what was expected."""


def _origin(value: str) -> str:
    # Browsers know no IPv6 address in a policy's frame-ancestors.
    if parse_pattern(value) is None or "[" in value:
        raise PydanticCustomError(
            "origin",
            "expected an origin such as https://shop.example, https://*.shop.example or "
            "http://localhost:*, in lower case and without a path",
        )
    return value


def _gateway_url(value: str) -> str:
    # The host goes into the page's policy, so it may hold nothing that means something there.
    host = r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?"
    if not re.fullmatch(rf"/(?!/)[^\s?#]*|https?://{host}(?:/[^\s?#]*)?", value):
        raise PydanticCustomError(
            "gateway_url", "expected a path such as /gateway, or a URL without query"
        )
    return value


def _templates(value: str, info: ValidationInfo) -> Path:
    """The folder, relative to the file that names it."""
    folder = (info.context or Path()) / value
    if not folder.is_dir():
        raise PydanticCustomError("folder", "expected a folder beside this file")
    return folder.resolve()


def _known_locale(value: str, info: ValidationInfo) -> str:
    known = locales(info.data.get("templates"))
    if value not in known:
        raise PydanticCustomError("locale", "expected one of {known}", {"known": ", ".join(known)})
    return value


def _known_method(value: str, info: ValidationInfo) -> str:
    known = sorted(methods(info.data.get("templates")))
    if value not in known:
        raise PydanticCustomError("method", "expected one of {known}", {"known": ", ".join(known)})
    return value


def _distinct(values: list[str]) -> list[str]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("distinct", "expected each value once")
    return values


LOGOS = {".svg": "svg+xml", ".png": "png", ".webp": "webp", ".jpg": "jpeg"}
LOGO_SIZE = 4_000
"""Bytes: a logo stands inside the page."""


def _logo(value: str, info: ValidationInfo) -> Path:
    """The picture, relative to the file that names it."""
    file = Path((info.context or Path()) / value)
    if file.suffix not in LOGOS or not file.is_file():
        raise PydanticCustomError("logo", "expected an .svg, .png, .webp or .jpg beside this file")
    if file.stat().st_size > LOGO_SIZE:
        raise PydanticCustomError(
            "logo", "expected a picture of at most {most} bytes", {"most": LOGO_SIZE}
        )
    return file.resolve()


class Offer(Strict):
    """How a method is offered, where that is not to be as the gateway says."""

    label: Text | None = None
    logo: Annotated[Path | None, BeforeValidator(_logo)] = None


class Widget(Strict):
    brand: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    # Before what it can add to: languages and methods.
    templates: Annotated[Path | None, BeforeValidator(_templates)] = None
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = "#1f6feb"
    locale: Annotated[str, AfterValidator(_known_locale)] = "en"
    allowed_sellers: list[Annotated[str, AfterValidator(_origin)]] = []
    gateway_url: Annotated[str, AfterValidator(_gateway_url)] = "/gateway"
    size: Literal["height", "both"] = "height"
    methods: Annotated[
        list[Annotated[str, AfterValidator(_known_method)]],
        Field(min_length=1),
        AfterValidator(_distinct),
    ] = ["card", "redirect", "qr", "transfer"]
    offers: dict[Annotated[str, AfterValidator(_known_method)], Offer] = {}
    loads: dict[Annotated[str, AfterValidator(_known_method)], Loads] = {}

    @property
    def loaded(self) -> dict[str, Loads]:
        """What the methods of this page load from their providers."""
        known = OF_METHODS | self.loads
        return {name: known[name] for name in self.methods if name in known}


class GatewayCheck(Strict):
    """The server behind the page, for `payframe check`: what it is paid with, and what declines."""

    url: Annotated[str, AfterValidator(web_url)]
    method: Text = "card"
    approved: dict[str, Any] | None = None
    declined: dict[str, Any] | None = None


class Check(Strict):
    """`start` is the shell command that runs the integrator's own server for a check."""

    start: Text | None = None
    gateway: GatewayCheck | None = None


def _provider(value: str, info: ValidationInfo) -> str | Path:
    """A provider that comes with payframe, or the Python file beside this one that has it."""
    if value in PROVIDERS:
        return value
    file = (info.context or Path()) / value
    if file.suffix != ".py" or not file.is_file():
        known = ", ".join(PROVIDERS)
        raise PydanticCustomError(
            "provider", "expected {known} or a Python file beside this one", {"known": known}
        )
    return file.resolve()


PROVIDERS = ("sandbox", "stripe")


class GatewaySettings(Strict):
    """The server behind the page, where it is payframe's own: see docs/serve.md.

    `url` is its address for the world, by default `gateway_url` at the page's own origin.
    `shop_field` is the field of FIELDS that says which shop's portal a payment belongs to.
    """

    provider: Annotated[str | Path, BeforeValidator(_provider)] = "sandbox"
    url: Annotated[str, AfterValidator(web_url)] | None = None
    shop_field: Text = "MEMBER_ID"


class Config(Strict):
    handler: Handler
    paysystem: PaySystem
    widget: Widget
    handlers: list[FurtherHandler] = []
    check: Check = Check()
    gateway: GatewaySettings = GatewaySettings()

    @property
    def registered(self) -> list[tuple[Handler, PaySystem]]:
        """Every handler with its payment system, in the order of the file."""
        return [(self.handler, self.paysystem), *((each, each.paysystem) for each in self.handlers)]

    @property
    def iframe_handler(self) -> tuple[Handler, PaySystem] | None:
        """The handler in IFrame mode that shows the page, if there is one."""
        return next((each for each in self.registered if each[0].SETTINGS.mode == "iframe"), None)

    @property
    def currency(self) -> str:
        """That of a payment to try: USD where the first handler takes it, else its first one."""
        taken = self.handler.SETTINGS.CURRENCY
        return taken[0] if taken and "USD" not in taken else "USD"

    @property
    def page(self) -> str:
        """Where the world finds the page: at ACTION_URI, or beside the gateway of another mode."""
        if self.iframe_handler:
            return self.iframe_handler[0].SETTINGS.data.ACTION_URI
        return urljoin(self.handler.SETTINGS.data.ACTION_URI, "/widget/")

    def gateway_at(self, page: str = "") -> str:
        """Where the world finds the gateway of a page, by default that at `page`.

        Without a slash at the end.
        """
        return (self.gateway.url or urljoin(page or self.page, self.widget.gateway_url)).rstrip("/")

    def action_uri(self, handler: Handler, gateway: str) -> str:
        """ACTION_URI of a handler in form or checkout mode while the gateway is at another URL.

        That of a server of the integrator's own stays as it is.
        """
        uri = handler.SETTINGS.data.ACTION_URI
        usual = self.gateway_at()
        own = (f"{usual}/checkout", f"{usual}/form")
        return f"{gateway}{uri.removeprefix(usual)}" if uri in own else uri


CONFIG = Path("payframe.toml")
"""Of the project that a command is run in."""
DEFAULT = Path(__file__).parent / "default.toml"
"""A handler that stands in where there is no payframe.toml."""


def find_config(named: Path | None) -> Path:
    """The file that was named, else the project's payframe.toml, else the default."""
    return named or (CONFIG if CONFIG.is_file() else DEFAULT)


def load(file: Path) -> Config:
    """Read and check `file`. Raises ConfigError."""
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    try:
        config = Config.model_validate(tomllib.loads(text), context=file.parent)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is not valid TOML: {error}") from error
    except ValidationError as error:
        raise _problems(file, text, map(_problem, error.errors())) from error
    if problems := [*_dangling(config), *_same_code(config)]:
        raise _problems(file, text, problems)
    return config


def secrets_in_fields(config: Config) -> list[str]:
    """A warning for each parameter in FIELDS that looks like a secret: the buyer can read it."""
    return [
        f"FIELDS.{name} sends {field.CODE} ({codes[field.CODE].NAME}) to the buyer's browser, "
        "where everybody can read it. If it is a secret, take it out and read it on your server "
        "with sale.paysystem.settings.payment.get."
        for handler, _ in config.registered
        if handler.SETTINGS.mode != "checkout"
        for codes in [handler.SETTINGS.CODES]
        for name, field in handler.SETTINGS.data.FIELDS.items()
        if isinstance(field.CODE, str)
        and (is_secret_name(field.CODE) or is_secret_name(codes[field.CODE].NAME))
    ]


KeyPath = tuple[str, ...]
Problem = tuple[KeyPath, str]


def _problems(file: Path, text: str, problems: Iterable[Problem]) -> ConfigError:
    """One line for each problem: `FILE:LINE: KEY: what was expected`."""
    lines = _lines(text)

    def line(path: KeyPath) -> int:
        """Where the key stands; for a missing one, where its table does."""
        return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)

    return ConfigError(
        "\n".join(f"{file}:{line(path)}: {'.'.join(path)}: {what}" for path, what in problems)
    )


def _dangling(config: Config) -> Iterator[Problem]:
    """Parameters that are named and not described."""
    for number, (handler, paysystem) in enumerate(config.registered):
        above: KeyPath = ("handlers", str(number - 1)) if number else ()
        at = above or ("handler",)
        known = f"expected a key of {at[0]}.SETTINGS.CODES: {', '.join(handler.SETTINGS.CODES)}"
        for name, field in handler.SETTINGS.data.FIELDS.items():
            if isinstance(field.CODE, str) and field.CODE not in handler.SETTINGS.CODES:
                path = (*at, "SETTINGS", handler.SETTINGS.key, "FIELDS", name, "CODE")
                yield path, f"{known} (found {field.CODE!r})"
        for code in paysystem.SETTINGS:
            if code not in handler.SETTINGS.CODES:
                yield (*above, "paysystem", "SETTINGS", code), known


def _same_code(config: Config) -> Iterator[Problem]:
    """Handlers that a portal could not tell apart."""
    codes = [handler.CODE for handler, _ in config.registered]
    for number, code in enumerate(codes[1:]):
        if code in codes[: number + 1]:
            path = ("handlers", str(number), "CODE")
            yield path, f"expected a code that no handler before it has (found {code!r})"


def _problem(error: ErrorDetails) -> Problem:
    # Pydantic names the branch of a union in the path; the file knows no such key.
    path = tuple(str(part) for part in error["loc"] if part not in ("str", "OwnField"))
    match error["type"]:
        case "extra_forbidden":
            return path, f"is not a known key, expected {_known_keys(path[:-1])}"
        case "missing":
            return path, "is missing"
        case "string_pattern_mismatch":
            expected = f"expected text that matches {error['ctx']['pattern']}"
        case _:
            expected = error["msg"]
    return path, expected + (
        "" if isinstance(error["input"], dict) else f" (found {error['input']!r})"
    )


def _known_keys(path: KeyPath) -> str:
    """The keys that the table at `path` may have."""
    schema: Any = Config.model_json_schema()
    definitions = schema["$defs"]

    def resolve(node: Any) -> Any:
        for option in node.get("anyOf", [node]):
            if "$ref" in option:
                return definitions[option["$ref"].rpartition("/")[2]]
        return node

    for part in path:
        inside = schema.get("items") or schema.get("additionalProperties")
        schema = resolve(schema.get("properties", {}).get(part) or inside)
    return "one of " + ", ".join(schema["properties"])


def _lines(text: str) -> dict[KeyPath, int]:
    """Where each key of a TOML document stands: key path -> line number from 1.

    A key inside an inline table is not listed; the line of its table's key is the one to show.
    """
    found: dict[KeyPath, int] = {}
    table: KeyPath = ()
    last: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$", line):
            table = next(_paths(f"[{header[1]}]"), ())
            if line.lstrip().startswith("[["):
                last[table[0]] = last.get(table[0], -1) + 1
            if table and table[0] in last:
                table = (table[0], str(last[table[0]]), *table[1:])
            path = table
        elif key := re.match(r"\s*([^=#\[\]{}]+?)\s*=", line):
            path = (*table, *next(_paths(f"{key[1]} = 0"), ()))
        else:
            continue
        for n in range(1, len(path) + 1):
            found.setdefault(path[:n], number)
    return found


def _paths(toml: str) -> Iterator[KeyPath]:
    """The path of the only key in `toml`, as TOML itself reads it; nothing if it reads none."""
    try:
        node: Any = tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return
    path: list[str] = []
    while isinstance(node, dict) and node:
        key, node = next(iter(node.items()))
        path.append(key)
    yield tuple(path)
