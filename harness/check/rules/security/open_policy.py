"""The page's headers do not limit where scripts come from or who shows the page.

## What it does
Looks at the page's Content-Security-Policy. It is reported if scripts may come from anywhere, and
for a page that is not on this machine also if there is no policy, or if none of its
`frame-ancestors` limits who shows the page. A page on this machine is not served as it will be.

## Why it matters
A policy is what keeps an injected script from sending the card number away. A page that anybody may
show can be laid invisibly over a button of another site.

## Example
```http
Content-Security-Policy: default-src *
```

## Use instead
Name the sources of scripts, and the shops that may show the page, where they are known: a page for
every shop there is cannot name them.

```http
Content-Security-Policy: default-src 'self'; frame-ancestors https://shop.example
```

## Fact
docs/page.md#scripts
"""

from collections.abc import Iterator

from ...finding import Breach, Exchange
from ...hosts import loopback
from ...recording import Visit

SEVERITY = "info"
SCENES = ("first_load",)
ANYWHERE = {"*", "http:", "https:"}


def judge(visit: Visit) -> Iterator[Breach]:
    evidence = (Exchange(visit.document),)
    policies = _policies(visit.document.headers.get("content-security-policy", ""))
    deployed = not loopback(visit.document.url)
    if not policies:
        if deployed:
            yield Breach("The page comes without a Content-Security-Policy.", evidence)
        return
    scripts = [policy.get("script-src", policy.get("default-src", {"*"})) for policy in policies]
    named = [policy for policy in policies if {"script-src", "default-src"} & set(policy)]
    if named and all(sources & ANYWHERE for sources in scripts):
        yield Breach("The page's policy allows scripts from anywhere.", evidence)
    ancestors = [policy.get("frame-ancestors", {"*"}) for policy in policies]
    if deployed and all(sources & ANYWHERE for sources in ancestors):
        yield Breach("The page's policy lets every site show the page.", evidence)


def _policies(header: str) -> list[dict[str, set[str]]]:
    """Directive -> its sources, for each of the policies in a header."""
    found = []
    for policy in header.replace("\n", ",").split(","):
        directives = [
            directive.split() for directive in policy.lower().split(";") if directive.strip()
        ]
        if directives:
            found.append({name: set(sources) for name, *sources in reversed(directives)})
    return found
