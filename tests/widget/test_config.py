"""payframe.toml is read into a typed model, or refused with file, line and what was expected."""

import re
from pathlib import Path

import pytest
from payframe.widget.config import CONFIG, ConfigError, load, secrets_in_fields

from tests.widget.support import GOOD, refusal


def changed(line: str, to: str) -> str:
    assert GOOD.count(f"{line}\n") == 1
    return GOOD.replace(f"{line}\n", f"{to}\n")


def test_the_projects_own_file_is_good() -> None:
    config = load(CONFIG)
    assert config.handler.CODE == "resthandleriframe"
    assert secrets_in_fields(config) == []


def test_what_is_left_out_has_the_platforms_default(file: Path) -> None:
    file.write_text(
        '[handler]\nNAME = "H"\nCODE = "h"\n'
        "[handler.SETTINGS.CODES]\n"
        '[handler.SETTINGS.IFRAME_DATA]\nACTION_URI = "http://localhost/"\n'
        '[paysystem]\nNAME = "P"\n[widget]\nbrand = "B"\n'
    )
    config = load(file)
    assert config.handler.SORT == 100
    assert config.handler.SETTINGS.CLIENT_TYPE == "b2c"
    assert config.widget.gateway_url == "/gateway"
    assert config.widget.methods == ["card", "redirect", "qr", "transfer"]


# A line of the good file, what stands there instead, and what the reader is told. The problem is
# on that same line.
WRONG = [
    ('NAME = "Handler"', "NAME = 7", "handler.NAME: .*string.*found 7"),
    ('NAME = "Handler"', 'NAME = ""', "handler.NAME: .*at least 1 char"),
    ('NAME = "Handler"', f'NAME = "{"x" * 256}"', "handler.NAME: .*at most 255 char"),
    ('CODE = "resthandler"', 'CODE = "my handler"', "handler.CODE: expected text that matches"),
    ("SORT = 100", 'SORT = "first"', "handler.SORT: .*integer.*found 'first'"),
    ("SORT = 100", "SORT = 1.5", "handler.SORT: .*integer"),
    ("SORT = 100", "SORT = nan", "handler.SORT: .*found nan"),
    ("SORT = 100", "SORTS = 100", "handler.SORTS: is not a known key, expected .*NAME, CODE, SORT"),
    ('CURRENCY = ["USD", "EUR"]', 'CURRENCY = "USD"', r"SETTINGS.CURRENCY: .*list.*found 'USD'"),
    (
        'CURRENCY = ["USD", "EUR"]',
        'CURRENCY = ["USD", "euro"]',
        r"SETTINGS.CURRENCY.1: expected text that matches .*found 'euro'",
    ),
    ('CLIENT_TYPE = "b2c"', 'CLIENT_TYPE = "b2x"', "CLIENT_TYPE: .*'b2c' or 'b2b'.*found 'b2x'"),
    (
        'ACTION_URI = "https://pay.example.com/widget/"',
        'ACTION_URI = "javascript:alert(1)"',
        "ACTION_URI: expected a URL that starts with https:// or http://",
    ),
    (
        'ACTION_URI = "https://pay.example.com/widget/"',
        'ACTION_URI = "https://user:pass@pay.example.com/"',
        "ACTION_URI: expected a URL",
    ),
    (
        'serviceid = { CODE = "SERVICE_ID" }',
        'serviceid = { CODE = "SERVICE_IDS" }',
        "FIELDS.serviceid.CODE: expected a key of handler.SETTINGS.CODES: SERVICE_ID .*SERVICE_IDS",
    ),
    (
        'serviceid = { CODE = "SERVICE_ID" }',
        'serviceid = { CODE = "SERVICE_ID", VISIBLE = "yes" }',
        "FIELDS.serviceid.VISIBLE: .*'Y' or 'N'",
    ),
    (
        'serviceid = { CODE = "SERVICE_ID" }',
        'serviceid = { CODE = { NAME = "Phone", KIND = "x" } }',
        "FIELDS.serviceid.CODE.KIND: is not a known key, expected one of NAME, TYPE, INPUT",
    ),
    ('serviceid = { CODE = "SERVICE_ID" }', "serviceid = 1", "FIELDS.serviceid: .*found 1"),
    (
        'INPUT = { TYPE = "ENUM", OPTIONS = { A = "a" } }',
        'INPUT = { TYPE = "DATE" }',
        "SERVICE_ID.INPUT.TYPE: .*'STRING', 'Y/N' or 'ENUM'.*found 'DATE'",
    ),
    (
        'INPUT = { TYPE = "ENUM", OPTIONS = { A = "a" } }',
        'DEFAULT = { PROVIDER_KEY = "SHOP", PROVIDER_VALUE = "ID" }',
        "SERVICE_ID.DEFAULT.PROVIDER_KEY: .*'ORDER', 'PROPERTY', 'PAYMENT', 'USER'.*found 'SHOP'",
    ),
    (
        'SERVICE_ID = { TYPE = "VALUE", VALUE = "4411" }',
        'SERVICE_ID = { TYPE = "VALUES", VALUE = "4411" }',
        "paysystem.SETTINGS.SERVICE_ID.TYPE: .*found 'VALUES'",
    ),
    (
        'SERVICE_ID = { TYPE = "VALUE", VALUE = "4411" }',
        'SERVICE_NO = { TYPE = "VALUE", VALUE = "4411" }',
        "paysystem.SETTINGS.SERVICE_NO: expected a key of handler.SETTINGS.CODES: SERVICE_ID",
    ),
    ('brand = "Northpay"', f'brand = "{"x" * 41}"', "widget.brand: .*at most 40 char"),
    ('accent = "#1f6feb"', 'accent = "blue"', "widget.accent: expected text that matches.*'blue'"),
    ('accent = "#1f6feb"', 'accent = "#fff;x:url(a)"', "widget.accent: expected text that matches"),
    ('locale = "en"', 'locale = "tlh"', "widget.locale: expected one of .*en.*found 'tlh'"),
    ('locale = "en"', 'locale = "../en"', "widget.locale: expected one of"),
    (
        "allowed_sellers = []",
        'allowed_sellers = ["https://shop.example/"]',
        "widget.allowed_sellers.0: expected an origin such as https://shop.example",
    ),
    ("allowed_sellers = []", 'allowed_sellers = ["*"]', "allowed_sellers.0: expected an origin"),
    (
        "allowed_sellers = []",
        "allowed_sellers = [\"https://shop.example; script-src 'none'\"]",
        "allowed_sellers.0: expected an origin",
    ),
    (
        "allowed_sellers = []",
        'allowed_sellers = ["https://shоp.example"]',
        "allowed_sellers.0: expected an origin",
    ),
    ('gateway_url = "/gateway"', 'gateway_url = "gateway"', "gateway_url: expected a path such as"),
    ('gateway_url = "/gateway"', 'gateway_url = "//a.example/x"', "gateway_url: expected a path"),
    ('gateway_url = "/gateway"', 'gateway_url = "/api?key=1"', "gateway_url: expected a path"),
    (
        'gateway_url = "/gateway"',
        'gateway_url = "ftp://a.example/"',
        "gateway_url: expected a path",
    ),
    (
        'gateway_url = "/gateway"',
        'gateway_url = "https://a.example;script-src/"',
        "gateway_url: expected a path",
    ),
    ('size = "height"', 'size = "width"', "widget.size: .*'height' or 'both'.*found 'width'"),
    ('methods = ["card", "redirect"]', "methods = []", "widget.methods: .*at least 1"),
    (
        'methods = ["card", "redirect"]',
        'methods = ["card", "card"]',
        "widget.methods: expected each value once",
    ),
    (
        'methods = ["card", "redirect"]',
        'methods = ["cash"]',
        "widget.methods.0: expected one of card, qr, redirect, stripe_card, transfer "
        ".*found 'cash'",
    ),
    (
        'size = "height"',
        'offers.cash.label = "Cash"',
        "widget.offers.cash.*: expected one of card, qr, redirect, stripe_card, transfer",
    ),
    (
        'size = "height"',
        'offers.card.logo = "nowhere.svg"',
        "widget.offers.card.logo: expected an .svg, .png, .webp or .jpg .*nowhere",
    ),
    (
        'size = "height"',
        'offers.card.logo = "payframe.toml"',
        "widget.offers.card.logo: expected an .svg",
    ),
    ('size = "height"', 'templates = "nowhere"', "widget.templates: expected a folder .*nowhere"),
    (
        'size = "height"',
        'colour = "red"',
        "widget.colour: is not a known key, expected one of brand, templates, accent, locale",
    ),
]


@pytest.mark.parametrize(("line", "to", "told"), WRONG, ids=[to for _, to, _ in WRONG])
def test_a_wrong_key_or_value_is_refused_with_file_and_line_and_what_was_expected(
    file: Path, line: str, to: str, told: str
) -> None:
    number = GOOD.splitlines().index(line) + 1
    problems = refusal(file, changed(line, to)).splitlines()
    assert any(
        problem.startswith(f"{file}:{number}: ") and re.search(told, problem)
        for problem in problems
    ), problems


@pytest.mark.parametrize(
    ("line", "path", "table"),
    [
        ('NAME = "Handler"', "handler.NAME", "[handler]"),
        ('brand = "Northpay"', "widget.brand", "[widget]"),
        ('NAME = "Store number"', "CODES.SERVICE_ID.NAME", "[handler.SETTINGS.CODES.SERVICE_ID]"),
    ],
)
def test_a_missing_key_is_told_at_its_table(file: Path, line: str, path: str, table: str) -> None:
    text = changed(line, "")
    told = refusal(file, text)
    assert told.startswith(f"{file}:{text.splitlines().index(table) + 1}: ")
    assert told.endswith(f"{path}: is missing")


def test_a_missing_table_is_told_too(file: Path) -> None:
    assert f"{file}:1: widget: is missing" in refusal(file, GOOD.partition("[widget]")[0])


def test_an_unknown_table_is_told(file: Path) -> None:
    told = refusal(file, f"{GOOD}\n[gadget]\nx = 1\n")
    line = GOOD.count("\n") + 2
    assert told == (
        f"{file}:{line}: gadget: is not a known key, expected one of "
        "handler, paysystem, widget, handlers, check, gateway"
    )


def test_all_problems_are_told_at_once(file: Path) -> None:
    text = changed('size = "height"', 'size = "wide"').replace("SORT = 100", "SORT = []")
    assert len(refusal(file, text).splitlines()) == 2


def test_what_is_not_toml_is_told_with_the_line(file: Path) -> None:
    told = refusal(file, changed('size = "height"', 'size = "height'))
    assert told.startswith(f"{file}: is not valid TOML: ")
    assert re.search(r"at line \d+", told)


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file)
    file.write_bytes(b"\xff\xfe[handler]")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file.parent)


def test_keys_are_found_however_toml_lets_one_write_them(file: Path) -> None:
    text = changed('NAME = "Store number"', '"NAME" = 5').replace(
        "[handler.SETTINGS.CODES.SERVICE_ID]", '[ handler . SETTINGS."CODES".SERVICE_ID ] # here'
    )
    line = text.splitlines().index('"NAME" = 5') + 1
    assert refusal(file, text).startswith(f"{file}:{line}: ")


@pytest.mark.parametrize("value", ["/gateway", "/", "https://a.example", "http://[::1]:80/v1"])
def test_a_gateway_is_a_path_or_a_url(file: Path, value: str) -> None:
    file.write_text(changed('gateway_url = "/gateway"', f'gateway_url = "{value}"'))
    assert load(file).widget.gateway_url == value


@pytest.mark.parametrize(
    "value",
    [
        "https://shop.example",
        "http://localhost:8000",
        "https://*.shop.example",
        "http://localhost:*",
        "https://*.shop.example:8443",
    ],
)
def test_a_seller_is_an_origin_maybe_with_wildcards(file: Path, value: str) -> None:
    file.write_text(changed("allowed_sellers = []", f'allowed_sellers = ["{value}"]'))
    assert load(file).widget.allowed_sellers == [value]


@pytest.mark.parametrize(
    ("code", "name", "secret"),
    [
        ("REST_SERVICE_KEY_IFRAME", "Key", True),
        ("KEY", "x", True),
        ("X", "Secret phrase", True),
        ("API_TOKEN", "x", True),
        ("X", "Shop password", True),
        ("serviceKey", "x", True),
        ("servicekey", "x", True),
        ("KEYBOARD", "Keyboard", False),
        ("PUBLIC_KEY", "Public key", False),
        ("SERVICE_ID", "Store number", False),
    ],
)
def test_a_field_that_looks_like_a_secret_is_warned_of(
    file: Path, code: str, name: str, secret: bool
) -> None:
    file.write_text(GOOD.replace("SERVICE_ID", code).replace("Store number", name))
    warnings = secrets_in_fields(load(file))
    assert len(warnings) == secret
    assert all("FIELDS.serviceid" in warning and code in warning for warning in warnings)
