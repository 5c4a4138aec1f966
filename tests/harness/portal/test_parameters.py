import json
import logging
import string
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payframe.harness.portal.brackets import DEPTH, nest
from payframe.harness.portal.parameters import JSON_DEPTH, parse_json, upper_keys

from tests.harness.portal.conftest import Rest
from tests.harness.portal.test_vendor_page import bracketed
from tests.slow import slow

KEYS = st.text(string.ascii_letters + "_", min_size=1, max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
    ),
    max_leaves=10,
)
STRUCTURES = st.dictionaries(KEYS, VALUES, max_size=4)
IN_PROCESS = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(STRUCTURES)
def test_brackets_say_what_json_says(structure: dict[str, Any]) -> None:
    assert nest(bracketed(structure)) == structure
    assert parse_json(json.dumps(structure).encode()).values == structure


@given(STRUCTURES)
@IN_PROCESS
def test_json_form_and_multipart_give_the_same_call(rest: Rest, structure: dict[str, Any]) -> None:
    """Seen at the far end: SETTINGS as the portal stored them."""
    structure = {"CODES": "x", "IFRAME_DATA": {"ACTION_URI": "https://a.example"}} | {
        f"own_{key}": value for key, value in structure.items()
    }
    params = {"NAME": "N", "CODE": "c", "SETTINGS": structure}
    pairs = dict(bracketed(params))
    requests: list[dict[str, Any]] = [
        {"json": params},
        {"data": pairs},
        {"data": pairs, "files": {"none": b""}},
    ]
    for request in requests:
        url = f"/rest/{rest.webhook}/sale.paysystem.handler.add"
        number = rest.send("POST", url, **request).json()["result"]
        assert rest.result("sale.paysystem.handler.list")[0]["SETTINGS"] == structure
        rest.result("sale.paysystem.handler.delete", {"ID": number})


CONTENT_TYPES = [
    "multipart/form-data; boundary=x; charset=unicode_escape",
    *slow(
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "text/plain",
        "",
    ),
]


WELL_FORMED = [
    b'{"CODE": "c", "SETTINGS": {"CODES": {"A": {"SORT": 1.5e3}}, "CURRENCY": ["\\u20ac"]}}',
    b"CODE=c&SETTINGS%5BCODES%5D%5BA%5D=1&SETTINGS[CURRENCY][]=%E2%82%AC",
    b'--x\r\nContent-Disposition: form-data; name="CODE"\r\n\r\nc\r\n--x--\r\n',
]
BODIES = 1_500


def random_body(source: Random) -> bytes:
    """Noise, or a good body in which some bytes were replaced, taken out or put in."""
    if source.random() < 0.3:
        return source.randbytes(source.randrange(200))
    body = bytearray(source.choice(WELL_FORMED))
    for _ in range(source.randrange(1, 6)):
        start = source.randrange(len(body) + 1)
        body[start : start + source.randrange(4)] = source.randbytes(source.randrange(3))
    return bytes(body)


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_no_body_breaks_the_portal(
    rest: Rest, content_type: str, caplog: pytest.LogCaptureFixture
) -> None:
    """1,500 of each kind, the same at each run."""
    caplog.set_level(logging.ERROR)
    source = Random(content_type)
    url = f"/rest/{rest.webhook}/sale.paysystem.handler.add"
    for _ in range(BODIES):
        body = random_body(source)
        answer = rest.send("POST", url, content=body, headers={"content-type": content_type})
        # NAME is in none of them.
        assert (answer.status_code, answer.json()["error"]) == (400, "ERROR_CHECK_FAILURE"), body
    assert "Traceback" not in caplog.text


@given(st.binary(max_size=300))
def test_a_body_is_parsed_or_explained(body: bytes) -> None:
    parsed = parse_json(body)
    assert parsed.values == {} or parsed.problem is None
    json.dumps(parsed.values, allow_nan=False).encode()


MULTIPART = b'--x\r\nContent-Disposition: form-data; name="NAME"\r\n\r\n\\ud800\r\n--x--\r\n'
BAD_BODIES: list[tuple[str, bytes, str]] = [
    (
        "application/json",
        b'{"NAME": "N"',
        "is not valid JSON: Expecting ',' delimiter at character 13",
    ),
    ("application/json", b'{"NAME": "\xff"}', "is not UTF-8 at character 11"),
    ("application/json", b"[1]", "not an object"),
    ("application/json", b'{"NAME": NaN}', "NaN is not a JSON value"),
    ("application/json", b'{"NAME": 1e999}', "too large a number"),
    ("application/json", b'{"NAME": "\\ud800"}', "surrogate"),
    ("application/json", b'{"a":' * 600 + b"1" + b"}" * 600, "nests deeper"),
    ("application/json", b"[" * 100_000, "not valid JSON"),
    ("multipart/form-data; boundary=x", b"--y", "The form cannot be read"),
    ("multipart/form-data", b"--x", "The form cannot be read"),
    ("multipart/form-data; boundary=x; charset=unicode_escape", MULTIPART, "charset"),
]


@pytest.mark.parametrize(("content_type", "body", "problem"), BAD_BODIES)
def test_what_is_wrong_with_a_body(
    rest: Rest, caplog: pytest.LogCaptureFixture, content_type: str, body: bytes, problem: str
) -> None:
    url = f"/rest/{rest.webhook}/sale.paysystem.handler.add?CODE=c"
    answer = rest.send("POST", url, content=body, headers={"content-type": content_type})
    assert answer.json()["error_description"] == "Parameter NAME is not defined"
    assert problem in caplog.text
    assert "Traceback" not in caplog.text


def test_a_body_too_large_is_not_read(rest: Rest, caplog: pytest.LogCaptureFixture) -> None:
    body = b'{"NAME": "' + b"x" * 9_000_000 + b'"}'
    answer = rest.send("POST", f"/rest/{rest.webhook}/sale.paysystem.handler.add", content=body)
    assert answer.status_code == 413
    assert "larger than" in answer.json()["error_description"]
    assert "larger than" in caplog.text


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a[]", "1"), ("a[]", "2")], {"a": ["1", "2"]}),
        ([("a[][b]", "1"), ("a[][b]", "2")], {"a": [{"b": "1"}, {"b": "2"}]}),
        ([("a[1]", "x"), ("a[0]", "y")], {"a": {"1": "x", "0": "y"}}),
        ([("a", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
        ([("a", "1"), ("a", "2")], {"a": "2"}),
        ([("a[b", "1"), ("[x]", "2")], {"a[b": "1", "[x]": "2"}),
        ([("a" + "[b]" * DEPTH, "1")], {}),
        ([("a[1]", "x"), ("a[]", "y")], {"a": {"1": "x", "2": "y"}}),
    ],
)
def test_brackets(pairs: list[tuple[str, str]], expected: dict[str, Any]) -> None:
    assert nest(pairs) == expected


def test_json_may_nest_as_deep_as_php_reads_it() -> None:
    deep: Callable[[int], bytes] = lambda levels: b'{"a":' * levels + b"1" + b"}" * levels  # noqa: E731
    assert parse_json(deep(JSON_DEPTH)).problem is None
    assert parse_json(deep(JSON_DEPTH + 1)).problem is not None


def test_upper_keys() -> None:
    params = {"a": {"b": [{"c": "d"}]}}
    assert upper_keys(params, "exact") == params
    assert upper_keys(params, "top") == {"A": {"b": [{"c": "d"}]}}
    assert upper_keys(params, "deep") == {"A": {"B": [{"C": "d"}]}}
