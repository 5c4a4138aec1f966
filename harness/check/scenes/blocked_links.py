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
    .filter((link) => opens(link) || saves(link))
    .map((link) => ({ link, isDownload: saves(link) }));
  return payframeLinks.map(({ link }) => link.outerHTML.slice(0, 300));
}"""
# Not every Chromium says that it has blocked a download, but it blocks each that the page lets go.
CLICK = """(n) => {
  const { link, isDownload } = payframeLinks[n];
  let goes = true;
  const note = (event) => { goes = !event.defaultPrevented; };
  addEventListener("click", note, { once: true });
  link.click();
  removeEventListener("click", note);
  return isDownload && goes;
}"""
BLOCKED = "Blocked opening"
"""How Chromium says on its console that it has opened no window."""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    for number, html in enumerate(stage.seller.document.evaluate(FIND)[:MOST]):
        told = len(stage.recording.console)
        if stage.seller.document.evaluate(CLICK, number):
            stage.recording.links.append(Link(html, "download"))
        stage.settle()
        if any(line.text.startswith(BLOCKED) for line in stage.recording.console[told:]):
            stage.recording.links.append(Link(html, "window"))
