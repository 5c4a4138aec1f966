"""The page in a light shop, 800 px wide, is read while it stands still. Moment: loaded.

`elements` holds "scripts" (the HTML of those from other hosts without integrity), "forms" (the
addresses that forms are sent to), and as JSON, one text each, "axe" (what axe-core finds) and
"fields" (what the buyer writes into). The recording's `bytes` are how much was loaded.
"""

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from ..stage import Stage

SCRIPTS = """() => [...document.querySelectorAll("script[src]")]
  .filter((each) => URL.canParse(each.src) && new URL(each.src).hostname !== location.hostname)
  .filter((each) => !each.integrity)
  .map((each) => each.outerHTML.slice(0, 300))"""
FORMS = """() => [
  ...[...document.querySelectorAll("form[action]")].map((each) => each.getAttribute("action")),
  ...[...document.querySelectorAll("[formaction]")].map((each) => each.getAttribute("formaction")),
].map((each) => URL.parse(each, document.baseURI)?.href ?? "").filter(Boolean)"""
FIELDS = """() => [...document.querySelectorAll("input,select")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)
  .map((each) => JSON.stringify({
    html: each.outerHTML.slice(0, 300),
    words: [
      ...[...each.labels ?? []].map((label) => label.innerText),
      each.name, each.id, each.placeholder, each.ariaLabel, each.title,
    ].filter(Boolean).join(" | "),
    type: each.type,
    tokens: (each.getAttribute("autocomplete") ?? "").toLowerCase().split(/\\s+/).filter(Boolean),
  }))"""
# axe listens for messages of other frames' axe; that is not the page's doing, and there is none.
DEAF = "() => { window.addEventListener = () => {}; }"
# Frames in the frame do not answer axe, which would wait for them.
AXE = """async () => {
  const { violations } = await axe.run(document, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    resultTypes: ["violations"],
    iframes: false,
  });
  delete window.addEventListener;
  return violations.map(({ id, impact, help, helpUrl, nodes }) => JSON.stringify({
    id, impact, help, helpUrl, count: nodes.length,
    nodes: nodes.slice(0, 3).map(({ html }) => html.slice(0, 300)),
  }));
}"""


def play(stage: "Stage") -> None:
    stage.open()
    stage.capture("loaded")
    stage.weigh()
    stage.find("scripts", SCRIPTS)
    stage.find("forms", FORMS)
    stage.find("fields", FIELDS)
    stage.seller.document.evaluate(DEAF)
    stage.seller.document.evaluate(AXE_SCRIPT)
    stage.find("axe", AXE)
