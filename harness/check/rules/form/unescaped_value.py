"""A value of the form becomes a part of the page's HTML.

## What it does
Sends the form with HTML behind the value of each field. It is reported if an element of it is in
the page, or its script runs.

## Why it matters
Whoever gets a buyer to press a button on another site runs their own script in your page, where
cards are typed.

## Example
```php
<p>Order <?= $_POST['order'] ?></p>
```

## Use instead
Escape every value where it is put into HTML.

```php
<p>Order <?= htmlspecialchars($_POST['order']) ?></p>
```

## Fact
docs/form.md#values
"""

from collections.abc import Iterator

from ...finding import Breach, seen
from ...form.visit import FormVisit

SEVERITY = "error"
SCENES = ("markup",)


def judge(visit: FormVisit) -> Iterator[Breach]:
    for name, window in visit["markup"].windows.items():
        if window.marked or "payframe" in window.dialogs:
            done = "runs a script" if window.dialogs else "becomes an element of the page"
            yield Breach(f"HTML in the field {name} {done}.", (seen(window, name),))
