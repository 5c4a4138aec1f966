"""What a method loads from its provider, beside what stands in the page: [widget.loads.METHOD].

All of it goes into the page's policy and into the manifest, and nothing else may be loaded.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from .handler import Strict
from .origins import origin_of, parse_pattern

# The URL goes into headers and configurations of web servers: no character that means something
# there, such as ; , " ' $ and braces. Those may stand in the query, which is not in the policy.
_URL = re.compile(r"https?://[^/?#]+/[\w.~%!&()*+=:@/-]*(\?[\w.~%!&()*+=:@/?,;$-]*)?", re.ASCII)
_LOCAL = re.compile(r"http://(localhost|127\.0\.0\.1|[a-z0-9-]+\.localhost)(:|/|$)")


def _secure(value: str) -> bool:
    return value.startswith("https:") or _LOCAL.match(value) is not None


def _script_url(value: str) -> str:
    # Browsers know no IPv6 address in a policy.
    if not _URL.fullmatch(value) or not origin_of(value) or "[" in value or not _secure(value):
        raise PydanticCustomError(
            "script_url", "expected the URL of a script, such as https://js.example/v1/fields.js"
        )
    return value


def _loaded_from(value: str) -> str:
    if parse_pattern(value) is None or "[" in value or not _secure(value):
        raise PydanticCustomError(
            "loaded_from",
            "expected an origin such as https://js.example or https://*.js.example, in lower case "
            "and without a path",
        )
    return value


Origin = Annotated[str, AfterValidator(_loaded_from)]


class Script(Strict):
    """A script that the page loads; with `integrity` the browser runs no other one."""

    url: Annotated[str, AfterValidator(_script_url)]
    integrity: (
        Annotated[str, StringConstraints(pattern=r"^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$")] | None
    ) = None


class Loads(Strict):
    """`script_origins` is where the provider's own script loads more of its code from."""

    scripts: Annotated[list[Script], Field(min_length=1)]
    script_origins: list[Origin] = []
    frames: list[Origin] = []
    connections: list[Origin] = []


OF_STRIPE = ["https://js.stripe.com", "https://*.js.stripe.com"]
OF_METHODS = {
    # https://docs.stripe.com/security/guide#content-security-policy
    "stripe_card": Loads(
        scripts=[Script(url="https://js.stripe.com/v3/")],
        script_origins=OF_STRIPE,
        frames=[*OF_STRIPE, "https://hooks.stripe.com"],
        connections=["https://api.stripe.com"],
    )
}
"""What a method of payframe's own loads, unless payframe.toml says otherwise."""

Kind = Literal["script", "scripts of", "frames of", "connections to"]


def trusted(loads: Loads) -> list[tuple[Kind, str, str | None]]:
    """Kind, URL or origin, and integrity of all that the page trusts for a method."""
    return [
        *(("script", each.url, each.integrity) for each in loads.scripts),
        *(("scripts of", origin, None) for origin in loads.script_origins),
        *(("frames of", origin, None) for origin in loads.frames),
        *(("connections to", origin, None) for origin in loads.connections),
    ]
