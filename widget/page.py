"""The page as one HTML document: Jinja templates with style, script and words inside."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
import minify_html
from markupsafe import Markup

from .bundle import Bundle, bundle
from .config import LOGOS, Widget
from .elements import digest
from .errors import BuildError
from .folders import WIDGET, locale_files, locales
from .policy import page_policy

TEMPLATES = WIDGET / "templates"
# What the page's policy is put in place of, once the bytes that it names are final.
POLICY_SLOT = "the content security policy"
# Of the words in other languages: tag -> sha256 of the file, in base64.
INDEX = "locales/index.json"
Texts = dict[str, str]
OF_FIELDS = ("fields_missing", "fields_slow", "fields_refused", "fields_silent")
"""The words that only a page with a provider's fields says."""


@dataclass(frozen=True)
class Page:
    """The document, its policy, and the files beside it: the words in the other languages."""

    html: str
    policy: str
    files: dict[str, bytes]
    """Name in dist -> content."""
    bundle: Bundle


def render(widget: Widget, *, draft: bool = False) -> Page:
    """Raises BuildError."""
    others = [tag for tag in locales(widget.templates) if tag != widget.locale]
    files = {f"locales/{tag}.json": _json(_texts(widget, tag)) for tag in others}
    index = {tag: _sha256(files[f"locales/{tag}.json"]) for tag in others}
    if index:
        files[INDEX] = _json(index)
    texts = _texts(widget, widget.locale)
    bundled = bundle(widget, draft=draft)
    html = _fill(
        widget.templates,
        widget=widget,
        t=texts,
        csp=POLICY_SLOT,
        style=_inline(bundled.style),
        script=_inline(bundled.script),
        settings=_data(
            {
                **widget.model_dump(exclude={"templates", "methods", "loads"}),
                "offers": _offers(widget),
                "locales": " ".join([widget.locale, *others]),
                # The page checks the index with it, and each file with its hash there.
                "locales_hash": _sha256(files[INDEX]) if others else "",
                "texts": texts,
            }
        ),
    )
    page: str = minify_html.minify(html, keep_closing_tags=True, minify_css=False, minify_js=False)
    policy = page_policy(page, widget, fetches=bool(files))
    return Page(page.replace(POLICY_SLOT, policy, 1), policy, files, bundled)


def _offers(widget: Widget) -> dict[str, dict[str, str]]:
    """What payframe.toml says of methods; the logos as data: URLs."""
    offers: dict[str, dict[str, str]] = {}
    for method, offer in widget.offers.items():
        offers[method] = {"label": offer.label} if offer.label else {}
        if offer.logo:
            picture = base64.b64encode(offer.logo.read_bytes()).decode()
            offers[method]["logo"] = f"data:image/{LOGOS[offer.logo.suffix]};base64,{picture}"
    return offers


def _texts(widget: Widget, tag: str) -> Texts:
    """The words in one language; what an integrator's own files leave out is in the default one."""
    texts: Texts = {}
    for each in dict.fromkeys((widget.locale, tag)):
        for file in locale_files(widget.templates, each):
            try:
                texts |= json.loads(file.read_text("utf-8"))
            except (ValueError, TypeError) as error:
                raise BuildError(f"{file}: is not a JSON object of texts: {error}") from error
    left_out = () if widget.loaded else OF_FIELDS
    return {key: text for key, text in texts.items() if key not in left_out}


def _data(content: Mapping[str, object]) -> Markup:
    """JSON as the content of a data block, which no text in it can end."""
    return Markup(_json(content).decode().replace("<", "\\u003c"))  # noqa: S704


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _sha256(content: bytes) -> str:
    return digest("sha256", content).removeprefix("sha256-")


def _fill(templates: Path | None, **values: object) -> str:
    """index.html, an integrator's own first; ours is there for it as payframe/index.html."""
    ours = jinja2.FileSystemLoader(TEMPLATES)
    own = [jinja2.FileSystemLoader(templates)] if templates else []
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([*own, jinja2.PrefixLoader({"payframe": ours}), ours]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return environment.get_template("index.html").render(values)
    except Exception as error:  # a template is a program, and may fail in any way
        raise BuildError(
            f"{_place(error)}: the template cannot be rendered: {error or type(error).__name__}"
        ) from error


def _place(error: Exception) -> str:
    """FILE:LINE of the template that failed; Jinja puts its lines into the traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or str(error.name), error.lineno
    else:
        file, line = str(TEMPLATES / "index.html"), 1
        trace = error.__traceback__
        while trace:
            if not trace.tb_frame.f_code.co_filename.endswith(".py"):
                file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            trace = trace.tb_next
    path = Path(file)
    return f"{path.relative_to(WIDGET.parent) if path.is_relative_to(WIDGET) else path}:{line}"


def _inline(code: str) -> Markup:
    """Code as the content of a script or style element, where entities mean nothing."""
    if "</s" in code.lower():
        raise BuildError("The bundle holds an end tag and cannot stand inside the page.")
    return Markup(code)  # noqa: S704
