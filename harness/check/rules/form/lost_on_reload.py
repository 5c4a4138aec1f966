"""The page does not survive a reload.

## What it does
Reloads the page that the form has led to. It is reported if an error comes, or a page without the
amount.

## Why it matters
Buyers reload when something takes long, and phones do it by themselves when the buyer comes back
from the bank's app.

## Example
```python
return render("pay.html", order=orders.pop(order_id))
```

## Use instead
Answer the form with 303 to an address that shows the payment as often as it is asked for.

```python
return RedirectResponse(f"/payments/{payment.id}", 303)
```

## Fact
docs/form.md#reload-and-back
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit
from ...landing import why_not_opened
from ...shown_amount import shows

SEVERITY = "error"
SCENES = ("again",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    windows = visit["again"].windows
    first, reloaded = windows["first"], windows["reloaded"]
    if not first.opened:
        return
    if not reloaded.opened:
        reason = why_not_opened(reloaded)
        yield Breach(f"After a reload there is no page: {reason}.", (seen(reloaded, "reloaded"),))
    elif shows(first.text, visit.amount) and not shows(reloaded.text, visit.amount):
        yield Breach("After a reload the amount is gone.", (seen(reloaded, "reloaded"),))
