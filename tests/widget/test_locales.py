"""The page's words: one file a language, each with the keys, placeholders and script it needs."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

LOCALES = Path(__file__).parents[2] / "widget" / "locales"
SCRIPTS = {
    "ar": {"ARABIC"},
    "de": {"LATIN"},
    "en": {"LATIN"},
    "es": {"LATIN"},
    "fr": {"LATIN"},
    "hi": {"DEVANAGARI"},
    "id": {"LATIN"},
    "it": {"LATIN"},
    "ja": {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK"},
    "kk": {"CYRILLIC"},
    "ms": {"LATIN"},
    "pl": {"LATIN"},
    "pt-BR": {"LATIN"},
    "ru": {"CYRILLIC"},
    "th": {"THAI"},
    "tr": {"LATIN"},
    "uk": {"CYRILLIC"},
    "vi": {"LATIN"},
    "zh-Hans": {"CJK"},
    "zh-Hant": {"CJK"},
}
"""The scripts that a language is written in: the first word of its letters' Unicode names."""
TRANSLATED = sorted(set(SCRIPTS) - {"en"})
SAME_AS_ENGLISH = {
    "ar": {"expiry_hint"},
}
"""Texts that really are the same; `dir` is compared by itself."""
LATIN_ANYWHERE = re.compile(r"\b(?:BX_SYSTEM_PARAMS|QR(?: Code)?|App|CVC|CVV|MM / YY)\b", re.ASCII)
"""What is written in Latin letters in every script."""
PLACEHOLDER = re.compile(r"\{\w*\}")


def words(language: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((LOCALES / f"{language}.json").read_text("utf-8"))
    return texts


def letters_of(text: str) -> set[str]:
    """The scripts of a text's letters, without placeholders and names that stay Latin."""
    own = LATIN_ANYWHERE.sub("", PLACEHOLDER.sub("", text))
    return {unicodedata.name(each).split()[0] for each in own if each.isalpha()}


def test_the_twenty_languages_are_there() -> None:
    assert {path.stem for path in LOCALES.iterdir()} == set(SCRIPTS)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_keys_are_those_of_english_in_the_same_order(language: str) -> None:
    assert list(words(language)) == list(words("en"))


@pytest.mark.parametrize("language", SCRIPTS)
def test_the_file_is_written_like_the_others(language: str) -> None:
    file = (LOCALES / f"{language}.json").read_text("utf-8")
    assert file == json.dumps(words(language), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("language", SCRIPTS)
def test_arabic_runs_from_right_to_left(language: str) -> None:
    assert words(language)["dir"] == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    english = words("en")
    same = {key for key, text in words(language).items() if text == english.get(key)}
    assert same - {"dir"} == SAME_AS_ENGLISH.get(language, set())


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_and_the_name_of_the_message_are_kept(language: str) -> None:
    english, name = words("en"), "BX_SYSTEM_PARAMS"
    for key, text in words(language).items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(english[key])), key
        assert text.count(name) == english[key].count(name), key


@pytest.mark.parametrize("language", SCRIPTS)
def test_typography(language: str) -> None:
    for key, text in words(language).items():
        assert "..." not in text, f"{key}: three dots in place of …"
        assert '"' not in text, f"{key}: straight quotation marks"
        assert text, key
        assert text == text.strip(), f"{key}: a space at an end"
        assert not re.search(r"\s\s", text), f"{key}: two spaces"


@pytest.mark.parametrize("language", SCRIPTS)
def test_letters_are_of_the_language_s_script(language: str) -> None:
    for key, text in words(language).items():
        if key == "dir":
            continue
        assert letters_of(text) <= SCRIPTS[language], f"{key}: {text}"
        assert letters_of(text) or LATIN_ANYWHERE.fullmatch(text), f"{key}: no letters"


@pytest.mark.parametrize(("language", "charset"), [("zh-Hans", "gb2312"), ("zh-Hant", "big5")])
def test_chinese_is_simplified_or_traditional(language: str, charset: str) -> None:
    """The older character sets hold the characters of one of the two only."""
    for text in words(language).values():
        text.encode(charset)
