"""The page offers downloads, which the shop's frame does not allow.

## What it does
Watches for downloads that begin while the page loads, and clicks its download links, the first
five. It is reported if the browser blocks one. A link whose file only the server's answer makes a
download is not tried.

## Why it matters
The buyer clicks on the invoice or the receipt, and nothing happens, without any message.

## Example
```html
<a href="/invoice.pdf" download>Save the invoice</a>
```

## Use instead
Open the file in the whole window with `target="_top"`, or send it to the buyer by e-mail.

```html
<a href="/invoice.pdf" target="_top">Open the invoice</a>
```

## Fact
docs/frame.md#the-sandbox
"""

from collections.abc import Iterator

from ...finding import Breach, Quote, picture
from ...recording import Visit

SEVERITY = "error"
SCENES = ("first_load", "controls")


def judge(visit: Visit) -> Iterator[Breach]:
    first = visit["first_load"]
    evidence = picture(first, first.moments["loaded"])
    links = [link.element for link in visit["controls"].links if link.kind == "download"]
    said = any("Download is disallowed" in line.text for line in first.console)
    if said or "download" in first.times:
        yield Breach("While it loads, the page starts a download; it is blocked.", (evidence,))
    elif links:
        yield Breach(
            "A link of the page is a download, and the browser blocks it.",
            (*(Quote(html) for html in links), evidence),
        )
