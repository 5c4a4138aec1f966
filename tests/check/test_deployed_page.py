"""What is said of a page on the internet, which no page of the zoo can be."""

import pytest
from payframe.harness.check.recording import Recording, Request, Visit
from payframe.harness.check.rules.security import mixed_content, no_https, open_policy

PAGE = "https://pay.example/frame"


def request(url: str, type: str = "document", **headers: str) -> Request:
    return Request(url, "GET", type, 0, 200, headers, None)


def visit(document: Request, *requests: Request) -> Visit:
    first = Recording("first_load", requests=[document, *requests], elements={"forms": []})
    return Visit(document.url, document, "https://shop.example", {"first_load": first})


def policy(text: str) -> Visit:
    return visit(request(PAGE, **{"content-security-policy": text}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("default-src 'self'; frame-ancestors https://shop.example", []),
        ("default-src 'self'; frame-ancestors *", ["lets every site show"]),
        ("default-src 'self'", ["lets every site show"]),
        ("script-src https:; frame-ancestors 'none'", ["scripts from anywhere"]),
        ("default-src *", ["scripts from anywhere", "lets every site show"]),
        ("default-src *, default-src 'self'; frame-ancestors 'self'", []),
        ("frame-ancestors https://shop.example", []),
    ],
)
def test_a_policy_is_read_as_browsers_do(text: str, said: list[str]) -> None:
    found = [breach.message for breach in open_policy.judge(policy(text))]
    assert len(found) == len(said)
    assert all(part in message for part, message in zip(said, found, strict=True))


def test_no_policy_is_said_of_a_page_on_the_internet_only() -> None:
    assert len(list(open_policy.judge(visit(request(PAGE))))) == 1
    assert list(open_policy.judge(visit(request("http://127.0.0.1:8000/")))) == []


def test_a_page_without_https_is_found_on_the_internet_only() -> None:
    assert len(list(no_https.judge(visit(request("http://pay.example/"))))) == 1
    assert list(no_https.judge(visit(request(PAGE)))) == []
    assert list(no_https.judge(visit(request("http://localhost:8000/")))) == []


def test_a_page_without_https_is_not_mixed_by_its_own_files() -> None:
    page = request("http://pay.example/")
    own = request("http://pay.example/logo.png", "image")
    other = request("http://cdn.example/logo.png", "image")
    assert list(mixed_content.judge(visit(page, own))) == []
    assert len(list(mixed_content.judge(visit(page, own, other)))) == 1
    assert len(list(mixed_content.judge(visit(request(PAGE), own)))) == 1
