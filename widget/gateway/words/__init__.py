"""The gateway's words in the buyer's language: English text -> its translation, a file each."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request

FOLDER = Path(__file__).parent
# A second sentence that follows many a first one.
_SECOND = re.compile(r" (?=(?:Nothing was charged|The money goes back to you)\.$)")
_WEIGHT = re.compile(r"q=([01](?:\.\d{0,3})?)", re.ASCII)


@dataclass(frozen=True)
class Language:
    """`tag` is one that the payment page has words in, too."""

    tag: str
    words: Mapping[str, str]

    @property
    def locale(self) -> str:
        """As Babel names it."""
        return self.tag.replace("-", "_")

    @property
    def direction(self) -> str:
        return "rtl" if self.tag == "ar" else "ltr"

    def say(self, text: str, **values: str) -> str:
        """An English text in this language; as it is where there is no translation."""
        said = " ".join(self.words.get(each, each) for each in _SECOND.split(text))
        return said.format(**values) if values else said


ENGLISH = Language("en", {})


@cache
def languages() -> dict[str, Language]:
    """All of them by their tag."""
    return {"en": ENGLISH} | {tag: Language(tag, words) for tag, words in read_words(FOLDER)}


def read_words(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The tag of each file, and what is in it."""
    for path in folder.glob("*.json"):
        yield path.stem, json.loads(path.read_text("utf-8"))


def language_of(request: Request) -> Language:
    """The language that a request asks for: `lang` of its query, else Accept-Language."""
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return choose(asked)


def choose(accepted: str) -> Language:
    """The best of an Accept-Language (RFC 9110) that there are words in, else English."""
    weighed: list[tuple[float, str]] = []
    for each in accepted.split(","):
        tag, _, given = (part.strip() for part in each.partition(";"))
        found = _WEIGHT.fullmatch(given)
        weighed.append((float(found[1]) if found else 1.0, tag))
    for weight, tag in sorted(weighed, key=lambda pair: -pair[0]):
        if weight and (language := languages().get(_known(tag))):
            return language
    return ENGLISH


def _known(tag: str) -> str:
    """The tag of the words that readers of another tag take: de-AT reads de, zh-TW zh-Hant."""
    language, *rest = re.split("[-_]", tag.lower())
    match language:
        case "zh":
            return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-Hans"
        case "pt":
            return "pt-BR"
        case _:
            return language
