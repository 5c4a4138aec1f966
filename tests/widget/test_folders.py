"""An integrator's templates folder replaces blocks, and adds words, style and methods."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from payframe.widget import bundle as bundling
from payframe.widget.build import build, sources, stale
from payframe.widget.bundle import bundle
from payframe.widget.config import ConfigError, Widget, load
from payframe.widget.elements import find_elements
from payframe.widget.errors import BuildError
from payframe.widget.page import render

from tests.widget.support import configured


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "look"
    for name in ("methods", "locales"):
        (folder / name).mkdir(parents=True)
    return folder


@pytest.fixture
def file(tmp_path: Path, own: Path) -> Path:
    return configured(tmp_path, 'locale = "en" ', f'templates = "{own.name}"\nlocale = "en" ')


def test_blocks_are_replaced_and_the_rest_stays(own: Path, file: Path) -> None:
    (own / "index.html").write_text(
        '{% extends "payframe/index.html" %}\n'
        "{% block brand %}<h1>Mine: {{ widget.brand }}</h1>{% endblock %}\n"
        "{% block footer %}<footer>By me</footer>{% endblock %}\n"
    )
    html = render(load(file).widget, draft=True).html
    assert "<h1>Mine: Northpay</h1>" in html
    assert "<footer>By me</footer>" in html
    assert '<h1 class="brand' not in html
    assert "id=pay" in html


def test_a_style_of_ones_own_comes_after_ours(own: Path, file: Path) -> None:
    (own / "more.css").write_text("footer { color: teal }")
    (own / "styles.css").write_text('@import "./more.css";\nmain { padding: 7px }')
    style = bundle(load(file).widget, draft=True).style
    assert style.endswith("footer{color:teal}main{padding:7px}")
    assert style.count("main{") >= 1


def test_words_are_added_and_languages_lie_beside_the_page(own: Path, file: Path) -> None:
    (own / "locales" / "en.json").write_text('{"cash_note": "Pay at the door", "pay": "Give"}')
    (own / "locales" / "pt-BR.json").write_text('{"pay": "Pagar {amount}"}')
    page = render(load(file).widget, draft=True)
    (data,) = [each for each in find_elements(page.html).elements if each.kind == "data"]
    settings = json.loads(data.content)
    assert settings["texts"]["cash_note"] == "Pay at the door"
    assert settings["texts"]["pay"] == "Give"
    own_language, *others = settings["locales"].split()
    assert own_language == settings["locale"] == "en"
    assert others == sorted({*others, "pt-BR"})
    assert "templates" not in settings
    assert str(own) not in page.html

    words = page.files["locales/pt-BR.json"]
    assert json.loads(words)["pay"] == "Pagar {amount}"
    assert json.loads(words)["cash_note"] == "Pay at the door"
    assert b": " not in words.replace(b"Pagar {amount}", b"").split(b'"', 4)[2]

    def sha256(content: bytes) -> str:
        return base64.b64encode(hashlib.sha256(content).digest()).decode()

    index = page.files["locales/index.json"]
    assert settings["locales_hash"] == sha256(index)
    assert json.loads(index)["pt-BR"] == sha256(words)


def test_words_that_are_no_words_are_told(own: Path, file: Path) -> None:
    (own / "locales" / "en.json").write_text('["pay"')
    with pytest.raises(BuildError, match=r"look/locales/en\.json: is not a JSON object of texts"):
        render(load(file).widget, draft=True)


def test_only_the_methods_that_are_offered_are_bundled_ones_own_first(
    own: Path, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (own / "methods" / "cash.ts").write_text("export default () => 'cash of mine';")
    (own / "methods" / "redirect.ts").write_text("export default () => 'redirect of mine';")
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"methods = \[.*?\]", 'methods = ["redirect", "cash"]', text))
    main = tmp_path / "src" / "main.ts"
    main.parent.mkdir()
    main.write_text('import methods from "payframe/methods"; console.log(methods);')
    monkeypatch.setattr(bundling, "SRC", main.parent)
    script = bundle(load(file).widget).script
    assert re.search(r"redirect:.*redirect of mine.*cash:.*cash of mine", script)
    assert len(script) < 200


def test_a_method_that_nobody_knows_is_refused_with_the_known_ones(own: Path, file: Path) -> None:
    (own / "methods" / "cash.ts").write_text("export default () => ({});")
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"methods = \[.*?\]", 'methods = ["cash", "cheque"]', text))
    number = 1 + next(n for n, line in enumerate(file.read_text().splitlines()) if "cheque" in line)
    with pytest.raises(ConfigError) as error:
        load(file)
    assert str(error.value).startswith(f"{file}:{number}: widget.methods.1: expected one of card")
    assert "cash" in str(error.value)
    assert str(error.value).endswith("(found 'cheque')")


@pytest.mark.parametrize(
    ("template", "line", "what"),
    [
        ("\n{% block brand %}\n{{ nothing.here }}{% endblock %}", 3, "'nothing' is undefined"),
        ("\n\n{% if %}", 3, "Expected an expression"),
        ("\n{% block brand %}{{ 1 + 'a' }}{% endblock %}", 2, "unsupported operand"),
        ("\n{% block brand %}{% include 'no.html' %}{% endblock %}", 2, "no.html"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_line(
    own: Path, file: Path, template: str, line: int, what: str
) -> None:
    (own / "index.html").write_text('{% extends "payframe/index.html" %}' + template)
    with pytest.raises(BuildError) as error:
        render(load(file).widget, draft=True)
    assert str(error.value).startswith(f"{own / 'index.html'}:{line}: the template cannot be rend")
    assert what in str(error.value)


def test_the_folder_counts_as_source(own: Path, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    assert build(file, out).fresh
    assert stale(file, out) is None
    (own / "styles.css").write_text("main { padding: 7px }")
    assert own / "styles.css" in sources(load(file), file).values()
    assert stale(file, out) == f"{out} was built from other sources"
    assert build(file, out).fresh
    assert not build(file, out).fresh


def test_a_folder_is_named_relative_to_the_file(file: Path, own: Path) -> None:
    assert load(file).widget.templates == own.resolve()
    assert Widget(brand="B").templates is None
