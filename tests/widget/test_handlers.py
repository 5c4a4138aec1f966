"""payframe.toml describes handlers of all three modes."""

import re
from pathlib import Path

import pytest
from payframe.widget.config import CONFIG, load, secrets_in_fields

from tests.widget.support import GOOD, refusal

SERVERS = """
[[handlers]]
NAME = "One"
CODE = "one"
[handlers.SETTINGS.CODES.ID]
NAME = "Store number"
[handlers.SETTINGS.CHECKOUT_DATA]
ACTION_URI = "https://pay.example.com/checkout"
[handlers.paysystem]
NAME = "One"

[[handlers]]
NAME = "Two"
CODE = "two"
[handlers.SETTINGS.CODES.ID]
NAME = "Store number"
[handlers.SETTINGS.FORM_DATA]
ACTION_URI = "https://pay.example.com/form"
[handlers.paysystem]
NAME = "Two"
"""


def test_handlers_of_the_other_modes_are_read(file: Path) -> None:
    file.write_text(GOOD + SERVERS)
    one, two = load(file).handlers
    assert one.SETTINGS.CHECKOUT_DATA
    assert two.SETTINGS.FORM_DATA


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ('CODE = "two"', 'CODE = "t w o"', "handlers.1.CODE: expected text that matches"),
        ("[handlers.SETTINGS.FORM_DATA]", "[handlers.SETTINGS.FORM]", "SETTINGS.FORM: is not a"),
        (
            'ACTION_URI = "https://pay.example.com/form"',
            'ACTION_URI = "https://pay.example.com/form"\nFIELDS = { x = { CODE = "X" } }',
            "FORM_DATA.FIELDS.x.CODE: expected a key of handlers.SETTINGS.CODES: ID",
        ),
        ('CODE = "two"', 'CODE = "one"', "handlers.1.CODE: expected a code that no handler before"),
    ],
)
def test_what_is_wrong_in_the_second_of_them_is_told_with_its_line(
    file: Path, line: str, to: str, told: str
) -> None:
    text = GOOD + SERVERS.replace(line, to)
    number = len(text.splitlines()) - text.splitlines()[::-1].index(to.splitlines()[-1])
    assert re.search(rf":{number}: .*{re.escape(told)}", refusal(file, text))


def in_mode(key: str, path: str) -> str:
    """Whose first handler is of another mode."""
    page = '[handler.SETTINGS.IFRAME_DATA]\nACTION_URI = "https://pay.example.com/widget/"\n'
    assert page in GOOD
    text = GOOD.replace(
        page, f'[handler.SETTINGS.{key}]\nACTION_URI = "https://pay.example.com{path}"\n'
    )
    return text.replace("[handler.SETTINGS.IFRAME_DATA.FIELDS]", f"[handler.SETTINGS.{key}.FIELDS]")


@pytest.mark.parametrize(
    ("key", "mode"),
    [("IFRAME_DATA", "iframe"), ("CHECKOUT_DATA", "checkout"), ("FORM_DATA", "form")],
)
def test_the_first_handler_may_be_of_any_mode(file: Path, key: str, mode: str) -> None:
    file.write_text(in_mode(key, "/gateway/pay"))
    config = load(file)
    assert (config.handler.SETTINGS.mode, config.handler.SETTINGS.key) == (mode, key)
    assert (config.iframe_handler is not None) == (mode == "iframe")


def test_a_handler_has_just_one_mode(file: Path) -> None:
    expected = "handler.SETTINGS: expected one of IFRAME_DATA, CHECKOUT_DATA and FORM_DATA"
    none = re.sub(r"(?ms)^\[handler.SETTINGS.IFRAME_DATA.*?(?=\[handler.SETTINGS.CODES)", "", GOOD)
    assert expected in refusal(file, none)
    both = GOOD + '[handler.SETTINGS.FORM_DATA]\nACTION_URI = "https://pay.example.com/form"\n'
    assert expected in refusal(file, both)


def test_page_and_gateway_are_at_the_address_of_any_handler(file: Path) -> None:
    file.write_text(in_mode("CHECKOUT_DATA", "/gateway/checkout"))
    config = load(file)
    assert config.page == "https://pay.example.com/widget/"
    assert config.gateway_at() == "https://pay.example.com/gateway"


@pytest.mark.parametrize(
    ("uri", "there"),
    [
        ("https://pay.example.com/gateway/checkout", "http://127.0.0.1:8000/gateway/checkout"),
        ("https://pay.example.com/gateway/form", "http://127.0.0.1:8000/gateway/form"),
        ("https://pay.example.com/own/checkout", "https://pay.example.com/own/checkout"),
        ("http://127.0.0.1:3000/pay", "http://127.0.0.1:3000/pay"),
    ],
)
def test_a_handler_of_payframes_own_gateway_moves_with_it(file: Path, uri: str, there: str) -> None:
    file.write_text(GOOD + SERVERS.replace("https://pay.example.com/checkout", uri))
    config = load(file)
    assert config.action_uri(config.handlers[0], "http://127.0.0.1:8000/gateway") == there


def test_a_secret_in_the_fields_of_a_form_is_told_and_in_a_call_of_servers_it_is_none(
    file: Path,
) -> None:
    fields = '\nFIELDS = { key = { CODE = "SECRET_KEY" } }'
    text = SERVERS.replace("CODES.ID]", "CODES.SECRET_KEY]")
    for path in ("checkout", "form"):
        uri = f'ACTION_URI = "https://pay.example.com/{path}"'
        text = text.replace(uri, uri + fields)
    file.write_text(GOOD + text)
    (warning,) = secrets_in_fields(load(file))
    assert "FIELDS.key sends SECRET_KEY" in warning


@pytest.mark.parametrize(
    ("taken", "tried"), [([], "USD"), (["EUR", "USD"], "USD"), (["KZT", "EUR"], "KZT")]
)
def test_what_is_tried_is_in_a_currency_that_is_taken(taken: list[str], tried: str) -> None:
    config = load(CONFIG)
    settings = config.handler.SETTINGS.model_copy(update={"CURRENCY": taken})
    handler = config.handler.model_copy(update={"SETTINGS": settings})
    assert config.model_copy(update={"handler": handler}).currency == tried
