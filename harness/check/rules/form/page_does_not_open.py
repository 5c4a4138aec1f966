"""The form leads to no page.

## What it does
Sends the form of an ordinary order from the shop's page. It is reported if no page opens, or one
with an error.

## Why it matters
The buyer has left the shop and stands before an error.

## Example
```python
@app.route("/pay", methods=["GET"])  # METHOD of the handler is POST
```

## Use instead
Answer the method that the handler's METHOD names.

```python
@app.route("/pay", methods=["POST"])
```

## Fact
docs/form.md#the-form
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit
from ...hosts import insecure
from ...landing import why_not_opened

SEVERITY = "error"
SCENES = ("sent",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    window = visit["sent"].windows["desktop"]
    if not window.opened and not any(map(insecure, window.visited)):
        reason = why_not_opened(window)
        yield Breach(f"The form leads to no page: {reason}.", (seen(window, "sent"),))
