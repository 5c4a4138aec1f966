"""RETURN_URL is at an origin that is not the shop's.

`elements["return"]` is what leads there. Nothing is clicked but what is named as a way back; a page
that goes there leaves a request for it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage


URL = "https://payframe-elsewhere.invalid/back"
FOLLOWING = """(url) => [...document.querySelectorAll("*")]
  .filter((each) => ["href", "xlink:href", "action", "formaction", "src", "onclick"].some(
    (name) => each.getAttribute(name)?.includes(url)
  ))
  .map((each) => each.outerHTML.slice(0, 300))"""
BACK = r"""() => {
  const named = /\b(back|return|zurück)\b|вернуться|назад/i;
  [...document.querySelectorAll("button,input[type=button],[role=button],[onclick]")].find(
    (each) => each.checkVisibility() && named.test(each.innerText || each.value)
  )?.click();
}"""


def play(stage: "Stage") -> None:
    stage.seller.tamper("message.BX_SYSTEM_PARAMS.RETURN_URL = argument", URL)
    stage.open()
    stage.find("return", FOLLOWING, URL)
    stage.seller.document.evaluate(BACK)
    stage.settle()
