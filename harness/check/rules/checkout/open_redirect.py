"""The page leads to any address that is put into its query.

## What it does
Exchanges every address in the query of PAYMENT_URL for a foreign one, and opens it; then registers
a payment whose RETURN_URL is foreign, and opens that one. It is reported if the browser is led to
the foreign address without a click.

## Why it matters
A link to your domain that leads to a copy of your page is what people who steal cards look for.

## Example
```python
return RedirectResponse(request.query_params["return"])
```

## Use instead
Keep the way back on your server, with the payment, and take it only from the shop that you know.

```python
return RedirectResponse(payment.return_url)
```

## Fact
docs/checkout.md#the-page
"""

from collections.abc import Iterator

from ...checkout.visit import CheckoutVisit
from ...finding import Breach, seen
from ...window import FOREIGN

SEVERITY = "error"
SCENES = ("foreign_address",)


def judge(visit: CheckoutVisit) -> Iterator[Breach]:
    for name, window in visit["foreign_address"].windows.items():
        if any(url.startswith(FOREIGN) for url in (window.url, *window.visited)):
            how = "put into its query" if name == "changed" else "given as RETURN_URL"
            yield Breach(
                f"The page leads to a foreign address that was {how}.", (seen(window, name),)
            )
