"""What the sandbox blocks is clicked: links to a new window, and downloads. Moment: loaded.

The first MOST are tried; those that were blocked are the recording's `links`. Nothing else is
clicked: no payment is made.
"""

from ..recording import Link
from ..stage import Stage

MOST = 5
FIND = """() => {
  const own = ["", "_self", "_parent", "_top", window.name.toLowerCase()];
  for (const { name } of document.querySelectorAll("iframe[name]")) own.push(name.toLowerCase());
  const standard = document.querySelector("base[target]")?.target ?? "";
  const opens = ({ target }) => !own.includes((target || standard).toLowerCase());
  const saves = (link) => link.hasAttribute("download") &&
    (link.origin === location.origin || /^(blob|data):/.test(link.href));
  window.payframeLinks = [...document.querySelectorAll("a[href], area[href]")]
    .filter((link) => opens(link) || saves(link));
  return payframeLinks.map(({ outerHTML }) => outerHTML.slice(0, 300));
}"""
CLICK = "n => payframeLinks[n].click()"
SAID = {"Blocked opening": "window", "Download is disallowed": "download"}
"""How Chromium says on its console what it has blocked."""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    for number, html in enumerate(stage.seller.document.evaluate(FIND)[:MOST]):
        told = len(stage.recording.console)
        stage.seller.document.evaluate(CLICK, number)
        stage.settle()
        for line in stage.recording.console[told:]:
            for sign, kind in SAID.items():
                if line.text.startswith(sign):
                    stage.recording.links.append(Link(html, kind))
