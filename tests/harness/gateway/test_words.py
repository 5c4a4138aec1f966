"""The sandbox speaks the buyer's language, in every one that the payment page has."""

import json
import re
from pathlib import Path

import pytest
from payframe.harness.sandbox import challenge
from payframe.harness.sandbox.cards import NOT_A_TEST_CARD, TEST_CARDS
from payframe.widget.gateway.attempts import TOO_MANY
from payframe.widget.gateway.reasons import REASONS
from payframe.widget.gateway.words import FOLDER, choose, languages, read_words

from tests.harness.gateway.conftest import Api, card
from tests.harness.support import add_payment
from tests.slow import slow

LOCALES = {path.stem for path in Path("widget/locales").iterdir()}
GATEWAY = Path("widget/gateway")
SANDBOX = Path("harness/sandbox")
TRANSLATED = sorted(LOCALES - {"en"})
KEYS = {folder: list(dict(read_words(folder))["de"]) for folder in (FOLDER, SANDBOX / "words")}


def test_the_languages_are_those_of_the_page() -> None:
    assert set(languages()) == LOCALES


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.parametrize("folder", KEYS, ids=["gateway", "sandbox"])
def test_each_file_has_every_text_and_its_placeholders(folder: Path, tag: str) -> None:
    file = (folder / f"{tag}.json").read_text("utf-8")
    words = json.loads(file)
    assert list(words) == KEYS[folder]
    assert file == json.dumps(words, ensure_ascii=False, indent=2) + "\n"
    for english, text in words.items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english)
    same = {english for english, text in words.items() if english == text}
    assert same <= {"Cancel"}


def said_by(folder: Path) -> set[str]:
    said: set[str] = set()
    for page in (folder / "templates").iterdir():
        said |= set(re.findall(r'say\("([^"]+)"\)', page.read_text()))
    for module in folder.glob("*.py"):
        said |= set(re.findall(r'\.say\("([^"]+)"', module.read_text()))
    return said


def test_what_the_gateway_says_is_in_its_words() -> None:
    assert said_by(GATEWAY) | {TOO_MANY, *REASONS.values()} <= set(KEYS[FOLDER])


def test_what_the_test_bank_says_is_in_its_words_or_the_gateways() -> None:
    known = set(challenge.language("de").words)
    assert said_by(SANDBOX) | {NOT_A_TEST_CARD} <= known
    outcomes = {each.outcome for each in TEST_CARDS.values()}
    assert outcomes - {"approve", "challenge", "process"} <= set(REASONS)


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.5, pl", "pl"),
        ("tlh,zh-TW", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hant"),
        ("pt", "pt-BR"),
        ("de;q=0, ja", "ja"),
        ("nonsense-;q=x,,*", "en"),
        ("", "en"),
    ],
)
def test_the_best_known_language_is_chosen(accepted: str, tag: str) -> None:
    assert choose(accepted).tag == tag


@pytest.mark.parametrize("tag", ["ar", *slow(*(tag for tag in TRANSLATED if tag != "ar"))])
def test_no_word_of_the_api_is_english(api: Api, tag: str) -> None:
    api.running.http.headers["Accept-Language"] = f"{tag},en;q=0.1"
    words = languages()[tag].words
    number = api.opened(add_payment(api.running.store))
    payment = api.read(number)
    assert [each["label"] for each in payment["methods"]] == [
        words[each] for each in ("Card", "Bank account", "QR code", "Bank transfer")
    ]
    assert payment["description"].startswith(words["Payment {number}"].partition("{")[0])
    declined = api.attempt(number, data=card("4000000000000002"))
    assert declined.headers["content-language"] == tag
    assert declined.json()["error"]["message"] == words["Your bank declined this card."]
    wrong = api.attempt(number, "key-2", data=card("4242424242424241"))
    assert wrong.json()["detail"] == words["This is not a card number."]
    action = api.attempt(number, "key-3", method="transfer", data={}).json()["action"]
    assert [each["label"] for each in action["lines"]] == [
        words["Recipient"],
        "IBAN",
        words["Amount"],
        words["Reference"],
    ]
    bank = api.attempt(number, "key-4", method="redirect", data={}).json()["action"]["url"]
    page = api.running.http.get(bank, headers={"Accept-Language": "en"}).text
    assert f'<html lang="{tag}"' in page
    assert challenge.language(tag).words["Pay now"] in page


def test_both_sentences_of_a_failure_are_translated() -> None:
    german = choose("de")
    said = german.say("The shop did not accept the payment. The money goes back to you.")
    assert said == "Der Shop hat die Zahlung nicht angenommen. Sie erhalten das Geld zurück."
