"""The command `payframe check`."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from payframe.widget.config import DEFAULT, Config, find_config, load
from payframe.widget.folders import DIST
from payframe.widget.handler import Handler
from payframe.widget.modes import MODE_KEYS, Mode
from rich.console import Console

from .checking import OwnServer, check, default_jobs
from .finding import Severity
from .judging import PageReport, at_least
from .progress import Progress, shown_progress
from .registry import choose_rules
from .report import FILES, FORMATS, Report, text, write
from .target import GatewayTarget, Target, configured, described, with_fields

FINDINGS = 1
COULD_NOT_RUN = 2

Format = StrEnum("Format", {name: name for name in FORMATS})  # type: ignore[misc]


ModeName = StrEnum("ModeName", {name: name for name in MODE_KEYS})  # type: ignore[misc]
TEXT = Format("text")


class Method(StrEnum):
    GET = "GET"
    POST = "POST"


class FailOn(StrEnum):
    ERROR = "error"
    WARNING = "warning"


def check_command(
    urls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[URL]...",
            help="Pages or servers at an ACTION_URI; by default what payframe.toml describes.",
        ),
    ] = None,
    mode: Annotated[
        ModeName | None,
        typer.Option(
            "--mode", help="The mode that the URLs are for; by default the handler's, or iframe."
        ),
    ] = None,
    method: Annotated[
        Method | None,
        typer.Option(help="How a form is sent; by default as its handler's METHOD says, or POST."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", help="Send what this handler's FIELDS say, as the shop does."),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="NAME=VALUE",
            help="Send this field, with a text or a value such as PAYMENT.SUM; may be repeated.",
        ),
    ] = None,
    amount: Annotated[str, typer.Option("--sum", help="Amount of the payment.")] = "100.00",
    currency: Annotated[
        str | None,
        typer.Option(help="ISO 4217 code of the payment; by default USD, or one that is taken."),
    ] = None,
    gateway: Annotated[
        str | None,
        typer.Option(
            "--gateway",
            metavar="URL",
            help="Check this server behind the page: the base URL of its API.",
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            metavar="COMMAND",
            help="Run your server for the check, with the portal's webhook in PAYFRAME_PORTAL.",
        ),
    ] = None,
    portal_port: Annotated[
        int,
        typer.Option(
            min=0,
            max=65535,
            help="Where the portal of the check is, for a server that runs already: its webhook "
            "is http://localhost:PORT/rest/1/payframecheck/.",
        ),
    ] = 0,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rules", metavar="NAME,...", help="Only these rules or families, such as sizing."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How to report.")] = TEXT,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FOLDER",
            help="Also write index.html, for people, and the other formats into this folder.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The least severity that makes the exit status 1.")
    ] = FailOn.WARNING,
    timeout: Annotated[
        float, typer.Option(min=1, max=600, help="Seconds that the page may take to load.")
    ] = 10.0,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="Loads at a time; by default two for each core, at most 8."
        ),
    ] = None,
    watching: Annotated[
        bool,
        typer.Option(
            "--watch", help="Check again whenever a page, or a script or style of it, changes."
        ),
    ] = False,
    watch_files: Annotated[
        Path | None,
        typer.Option(
            "--watch-files",
            metavar="FOLDER",
            help="Check again whenever a file in this folder changes.",
        ),
    ] = None,
) -> None:
    """Try what an integrator hosts as a shop would, and say what does not work there, and why.

    By default URLs are pages in the shop's frame; --mode checkout or form is for the servers of
    these modes, and --gateway for the server behind the page.

    The exit status is 0 where nothing is found, 1 where something is, 2 where a page could not be
    checked. With --watch it is that of the last check, once Ctrl-C has ended it.
    """
    alone = bool(urls or gateway) and not config
    file = DEFAULT if alone else find_config(config)
    loaded = load(file)
    fields = _fields(field or [])
    money = _amount(amount), currency or loaded.currency
    targets: list[Target | GatewayTarget] = []
    if urls or not alone:
        targets += _targets(urls or [], loaded, config, fields, *money, mode)
    if method:
        targets = _sent_by(targets, method.value)
    if gateway or (loaded.check.gateway and not urls):
        targets.append(_gateway(gateway, loaded, file, fields, *money))
    parts = {target.part for target in targets}
    rules = choose_rules([name for names in rule or [] for name in names.split(",")], parts)

    def run(progress: Progress) -> Report:
        if not alone and not urls:
            from payframe.widget.build import build

            build(file)
        pages = check(
            targets,
            rules,
            loaded,
            DIST,
            timeout=timeout,
            jobs=jobs or default_jobs(),
            pictured=report is not None or format.value == "html",
            progress=progress,
            own=OwnServer(start or loaded.check.start, portal_port),
        )
        made = Report(list(pages), rules, datetime.now().astimezone())
        if report:
            _write(made, report)
        return made

    def status(made: Report) -> int:
        return exit_status(made.pages, fail_on.value)

    if watching or watch_files:
        if format != TEXT:
            raise typer.BadParameter("--watch prints text: give --report FOLDER for the others")
        from .watching import watch

        ended = watch(_changes(targets, watch_files, report), run, status, rules)
    else:
        with shown_progress(len(targets)) as progress:
            made = run(progress)
        _print(made, format)
        ended = status(made)
    if ended:
        raise typer.Exit(ended)


def _changes(
    targets: list[Target | GatewayTarget], files: Path | None, report: Path | None
) -> Iterator[list[str]]:
    """When to check: at once, and after every change, with the names of what has changed."""
    from .changes import of_answers, of_files

    if files:
        return of_files(files, but=report)
    pages = [target.url for target in targets if target.part == "iframe" and target.url]
    if len(pages) != len(targets):
        raise typer.BadParameter(
            "--watch looks at what pages at a URL answer: for the others name the folder of their "
            "files with --watch-files"
        )
    return of_answers(pages)


def _print(run: Report, format: Format) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if format == TEXT and console.is_terminal:
        console.print(text.styled(run, console.width))
    else:
        print(write(format, run))


def _write(run: Report, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in FILES.items():
            (folder / file).write_text(write(name, run), encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(
            f"--report {folder}: cannot be written: {error.strerror}"
        ) from None
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"Report: {folder / 'index.html'}")


def exit_status(pages: list[PageReport], fail_on: Severity) -> int:
    """0 clean, 1 findings of at least a severity, 2 a page could not be checked."""
    if any(page.verdict == "not run" for page in pages):
        return COULD_NOT_RUN
    return FINDINGS if any(at_least(fail_on, page.findings) for page in pages) else 0


def _targets(
    urls: list[str],
    loaded: Config,
    config: Path | None,
    fields: dict[str, str],
    amount: str,
    currency: str,
    named: "ModeName | None",
) -> list[Target]:
    mode: Mode = named.value if named else "iframe"  # type: ignore[assignment]
    if fields and (config or not urls):
        raise typer.BadParameter("--field describes a page of your own: give a URL, no --config")
    for url in urls:
        if not _is_web_url(url):
            raise typer.BadParameter(f"expected a URL with http:// or https://, not {url}")
    if not urls:
        gateway = (
            loaded.check.gateway.url.rstrip("/") if loaded.check.gateway else loaded.gateway_at()
        )
        return [
            described(*each, _url(loaded, each[0], gateway), amount, currency)
            for each in loaded.registered
        ]
    if config:
        of_mode = [each for each in loaded.registered if each[0].SETTINGS.mode == mode]
        if not of_mode:
            raise typer.BadParameter(f"--config describes no handler of {mode} mode")
        return [described(*of_mode[0], url, amount, currency) for url in urls]
    return [with_fields(url, fields, amount, currency, mode) for url in urls]


def _url(loaded: Config, handler: Handler, gateway: str) -> str | None:
    """Where what a handler leads to is during the check: the page is served beside the shop."""
    if handler.SETTINGS.mode == "iframe":
        return None
    return loaded.action_uri(handler, gateway)


def _sent_by(targets: list[Target | GatewayTarget], method: str) -> list[Target | GatewayTarget]:
    """The same with another METHOD of their forms."""
    if not any(target.part == "form" for target in targets):
        raise typer.BadParameter("--method is of a form: give --mode form")
    return [
        target.sent_by(method) if isinstance(target, Target) and target.part == "form" else target
        for target in targets
    ]


def _gateway(
    url: str | None,
    loaded: Config,
    file: Path,
    fields: dict[str, str],
    amount: str,
    currency: str,
) -> GatewayTarget:
    """The gateway of an option or of payframe.toml."""
    if url and not _is_web_url(url):
        raise typer.BadParameter(f"--gateway: expected a URL with http:// or https://, not {url}")
    described = loaded.check.gateway
    handler = (
        with_fields(url, fields, amount, currency)
        if file == DEFAULT
        else configured(loaded, url, amount, currency)
    )
    if described is None:
        return GatewayTarget(url, handler, fields=fields)
    if described.approved is None:
        return GatewayTarget(url or described.url, handler, described.method, fields=fields)
    return GatewayTarget(
        url or described.url,
        handler,
        described.method,
        described.approved,
        described.declined,
        fields,
    )


def _fields(given: list[str]) -> dict[str, str]:
    fields = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise typer.BadParameter(f"expected NAME=VALUE, not {pair}")
        fields[name] = value
    return fields


def _is_web_url(text: str) -> bool:
    try:
        url = urlsplit(text)
        return url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:  # a port that is none, brackets without an address
        return False


def _amount(text: str) -> str:
    try:
        valid = Decimal(text).is_finite() and Decimal(text) > 0
    except InvalidOperation:
        valid = False
    if not valid:
        raise typer.BadParameter(f"--sum: expected an amount such as 100.00, not {text}")
    return text
