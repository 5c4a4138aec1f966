"""Headers are compared by meaning, not by spelling."""

import httpx
import pytest
from payframe.harness.verify.headers import compare_headers

CSP = "default-src 'none'; script-src 'sha256-aB=' https://a.example; frame-ancestors *"
FEATURES = "camera=(), clipboard-write=(self)"


def wrong(name: str, expected: str, *got: str, https: bool = True) -> list[str]:
    served = httpx.Headers([(name, value) for value in got])
    return [what for what, _, _ in compare_headers({name: expected}, served, https=https)]


@pytest.mark.parametrize(
    ("name", "expected", "got"),
    [
        ("Content-Security-Policy", CSP, CSP),
        (
            "Content-Security-Policy",
            CSP,
            "SCRIPT-SRC https://A.example/  'sha256-aB=' ;; default-src 'NONE'",
        ),
        ("Permissions-Policy", FEATURES, "clipboard-write=self,  camera=()"),
        ("Permissions-Policy", FEATURES, "camera=(), clipboard-write=(), usb=()"),
        ("Referrer-Policy", "no-referrer", "origin, No-Referrer"),
        ("X-Content-Type-Options", "nosniff", "NoSniff"),
        ("Strict-Transport-Security", "max-age=100", "max-age=200; includeSubDomains; preload"),
        ("Cache-Control", "no-cache, no-transform", "private, No-Transform,no-store"),
    ],
)
def test_another_spelling_and_more_strictness_are_the_same(
    name: str, expected: str, got: str
) -> None:
    assert wrong(name, expected, got) == []


@pytest.mark.parametrize(
    ("name", "expected", "got", "what"),
    [
        ("Content-Security-Policy", CSP, CSP.replace("aB=", "ab="), " script-src"),
        ("Content-Security-Policy", CSP, f"script-src *; {CSP}", " script-src"),
        ("Content-Security-Policy", CSP, CSP + " https://b.example", " frame-ancestors"),
        ("Content-Security-Policy", CSP, CSP + "; report-uri /r", " report-uri"),
        ("Permissions-Policy", FEATURES, "camera=*, clipboard-write=(self)", " camera"),
        ("Permissions-Policy", FEATURES, "camera=()", " clipboard-write"),
        ("Permissions-Policy", FEATURES, f"{FEATURES}, camera=(self)", " camera"),
        ("Permissions-Policy", FEATURES, f"{FEATURES}, usb=*", " usb"),
        ("Referrer-Policy", "no-referrer", "no-referrer, unsafe-url", ""),
        ("X-Content-Type-Options", "nosniff", "sniff", ""),
        ("Strict-Transport-Security", "max-age=100", "max-age=0", ""),
        ("Strict-Transport-Security", "max-age=100", "includeSubDomains", ""),
        ("Cache-Control", "no-cache, no-transform", "no-cache", " no-transform"),
        ("Cache-Control", "no-cache, no-transform", "max-age=9, no-transform", " no-cache"),
    ],
)
def test_another_meaning_is_told(name: str, expected: str, got: str, what: str) -> None:
    assert wrong(name, expected, got) == [f"{name}{what}"]


def test_of_several_policies_ours_must_be_one_and_the_others_are_told() -> None:
    name = "Content-Security-Policy"
    assert wrong(name, CSP, "default-src 'none'", CSP) == [f"{name}, a second one"]
    assert wrong(name, CSP, f"default-src 'none', {CSP}") == [f"{name}, a second one"]


def test_who_may_frame_the_page_is_everybody_only_where_that_was_meant() -> None:
    everybody, one = "default-src 'none'", "default-src 'none'; frame-ancestors https://a.example"
    what = "Content-Security-Policy frame-ancestors"
    assert wrong("Content-Security-Policy", f"{everybody}; frame-ancestors *", everybody) == []
    assert wrong("Content-Security-Policy", one, everybody) == [what]


def test_transport_security_means_nothing_over_http() -> None:
    assert wrong("Strict-Transport-Security", "max-age=100", https=False) == []
    assert wrong("Strict-Transport-Security", "max-age=100") == ["Strict-Transport-Security"]
