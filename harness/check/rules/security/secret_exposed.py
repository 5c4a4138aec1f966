"""The page passes on a secret that it was sent.

## What it does
Adds fields that are named as secrets are (serviceKey, password, ...) to the message, each
with a value that is used nowhere else; fields that the handler itself sends under such names count
too. It is reported if the value is found in the document, in an address, or in a request to another
site than the page's own.

## Why it matters
With the merchant's secret anybody can do at the payment service what the merchant can: refund, read
orders, forge a paid payment. Addresses are written to logs, and every browser extension can read
the document.

## Example
```js
form.querySelector("[name=key]").value = data.serviceKey;
```

## Use instead
Keep secrets out of FIELDS, since every buyer can read them there; let the server read them with
`sale.paysystem.settings.payment.get`, and send it PAYMENT_ID alone.

```toml
[handler.SETTINGS.IFRAME_DATA.FIELDS]
serviceid = { CODE = "REST_SERVICE_ID_IFRAME" }
```

## Fact
docs/page.md#secrets
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote_plus, urlsplit

from ...finding import Breach, Exchange, Quote
from ...hosts import same_site
from ...recording import Request, Visit
from ...secret import masked, secrets

SEVERITY = "error"
SCENES = ("other_values",)


def judge(visit: Visit) -> Iterator[Breach]:
    recording = visit["other_values"]
    values = secrets(recording)
    if found := recording.elements["secret"]:
        yield Breach(
            "The value of a field that is named as a secret is in the document.",
            tuple(Quote(masked(html, values)) for html in found[:3]),
        )
    for request in recording.requests:
        if where := _where(request, values, visit):
            yield Breach(
                f"The value of a field that is named as a secret goes {where}.",
                (Exchange(replace(request, url=masked(request.url, values))),),
            )
            return


def _where(request: Request, values: list[str], visit: Visit) -> str | None:
    if _holds(request.url, values):
        return f"into an address at {urlsplit(request.url).hostname}"
    if _holds(request.sent, values) and not same_site(request.url, visit.document.url):
        return f"to {urlsplit(request.url).hostname}, which is not the page's own site"
    return None


def _holds(text: str, values: list[str]) -> bool:
    return any(value in text or value in unquote_plus(text) for value in values)
