"""What a shop may look like and say, other than this one does by itself.

It stands in the query of a payment page, as the studio writes it: theme=dark&text=%23222222.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import URL, QueryParams

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
FONT = re.compile(r"[\w ,'\"-]{1,100}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
COLOURS = {"page": "--page", "panel": "--panel", "text": "--text", "accent": "--link"}
"""Colours of one's own: where each goes in the shop's style."""
KEYS = (
    *COLOURS,
    "font",
    "language",
    "style",
    "values",
    "external",
    "unknown",
    "noise",
    "observed",
    "inspect",
)
"""What is the studio's and the inspection's in the query, and never part of RETURN_URL."""
UNKNOWN = {
    "BX_NEW_KEY": {"since": "a later version of the platform", "list": ["1", "2"]},
    "empty": "",
    "constructor": "a key that every object has",
}
"""Keys that no page knows. A later version of the platform may send such."""


@dataclass(frozen=True)
class Imitation:
    """`look` are custom properties of the shop's style, name -> value.

    `language` is that of the page, a language tag. `without_values` posts the style as Firefox and
    Safari do; `numbers` writes numbers as such, as older portals do; `external_id` is what the
    payment service has called the payment, empty for what the order says; `unknown` adds keys that
    no page knows. With `noise` others speak to the frame as well; an `observed` page tells the
    studio around it what is said.
    """

    look: dict[str, str] = field(default_factory=dict)
    language: str = ""
    without_values: bool = False
    numbers: bool = False
    external_id: str = ""
    unknown: bool = False
    noise: bool = False
    observed: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Imitation":
        """What cannot be a value is left out."""
        look = {
            COLOURS[name]: value
            for name in COLOURS
            if COLOUR.fullmatch(value := query.get(name, ""))
        }
        if FONT.fullmatch(font := query.get("font", "")):
            look |= {"--font": font, "--heading": font}
        language = query.get("language", "")
        return cls(
            look=look,
            language=language if LANGUAGE.fullmatch(language) else "",
            without_values=query.get("style") == "names",
            numbers=query.get("values") == "numbers",
            external_id=query.get("external", "")[:255],
            unknown=query.get("unknown") == "1",
            noise=query.get("noise") == "1",
            observed=query.get("observed") == "1",
        )

    def message(self, data: dict[str, Any]) -> dict[str, Any]:
        """The message to the frame as this shop posts it, made of that of a usual one."""
        system = dict(data["BX_SYSTEM_PARAMS"])
        if self.external_id:
            system["EXTERNAL_PAYMENT_ID"] = self.external_id
        if self.numbers:
            system |= {name: int(system[name]) for name in ("PAYMENT_ID", "PAYSYSTEM_ID")}
            system["SUM"] = float(system["SUM"])
        more = UNKNOWN if self.unknown else {}
        return {**data, **more, "BX_SYSTEM_PARAMS": system}


def shop_address(page: URL) -> URL:
    """The address of a payment page as the shop alone has it, with the buyer's language."""
    query = QueryParams(page.query)
    usual = page.remove_query_params(KEYS)
    language = Imitation.of(query).language
    return usual.include_query_params(user_lang=language) if language else usual
