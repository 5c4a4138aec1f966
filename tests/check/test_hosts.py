"""What the host of a URL says."""

import pytest
from payframe.harness.check.hosts import loopback, same_site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8000/", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("http://pay.localhost/", True),
        ("http://pay.example/", False),
        ("http://192.0.2.1/", False),
        ("http://localhost.example/", False),
    ],
)
def test_loopback_is_this_machine_alone(url: str, expected: bool) -> None:
    assert loopback(url) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://pay.example/a", "https://pay.example:8443/b", True),
        ("https://pay.example/", "https://api.pay.example/", True),
        ("https://www.shop.example/", "https://api.shop.example/", True),
        ("https://pay.example/", "https://other.example/", False),
        ("https://cdn.net/", "https://pay.example/", False),
        ("http://127.0.0.1/", "http://192.0.0.1/", False),
        ("http://localhost/", "http://127.0.0.1/", False),
    ],
)
def test_a_site_is_a_name_of_two_parts(one: str, other: str, expected: bool) -> None:
    assert same_site(one, other) is expected
    assert same_site(other, one) is expected
