"""The page as one HTML document: Jinja templates with style, script and words inside."""

import json
from pathlib import Path

import jinja2
import minify_html
from markupsafe import Markup

from .bundle import bundle
from .config import LOCALES, Config
from .errors import BuildError
from .policy import page_policy

WIDGET = Path(__file__).parent
TEMPLATES = WIDGET / "templates"
# What the page's policy is put in place of, once the bytes that it names are final.
POLICY_SLOT = "the content security policy"


def render(config: Config) -> str:
    """The page as one HTML document. Raises BuildError."""
    texts = json.loads((LOCALES / f"{config.widget.locale}.json").read_text("utf-8"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        html = environment.get_template("index.html").render(
            widget=config.widget,
            t=texts,
            csp=POLICY_SLOT,
            style=_inline(bundle(WIDGET / "styles" / "widget.css")),
            script=_inline(bundle(WIDGET / "src" / "main.ts")),
            settings={
                **config.widget.model_dump(),
                "locales": sorted(file.stem for file in LOCALES.glob("*.json")),
                "texts": texts,
            },
        )
    except jinja2.TemplateError as error:
        raise BuildError(f"The templates cannot be rendered: {error}") from error
    page: str = minify_html.minify(html, keep_closing_tags=True, minify_css=False, minify_js=False)
    return page.replace(POLICY_SLOT, page_policy(page, config.widget), 1)


def _inline(code: str) -> Markup:
    """Code as the content of a script or style element, where entities mean nothing."""
    if "</s" in code.lower():
        raise BuildError("The bundle holds an end tag and cannot stand inside the page.")
    return Markup(code)  # noqa: S704
