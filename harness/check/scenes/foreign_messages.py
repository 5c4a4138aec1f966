"""After the shop's message others come. Moments: loaded, junk, window, origin.

First from the shop's window what is no handshake; then a handshake for another payment (ID 1, of
1.00 in red) from another window of the shop; then the same from another origin. "junk", "window"
and "origin" in the recording's `times` are when each began.
"""

from ..stage import Stage

JUNK: list[object] = [
    None,
    1,
    "text",
    [],
    {"type": "webpackOk"},
    {"height": 5},
    {"BX_SYSTEM_PARAMS": None},
]
POST = """([message, sandbox]) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  if (sandbox) frame.sandbox = "allow-scripts";
  frame.onload = done;
  const text = JSON.stringify(message).replaceAll("<", "\\\\u003c");
  frame.srcdoc = `<script>
    for (let n = 0; n < parent.length; n++) parent[n].postMessage(${text}, "*")
  </script>`;
  document.body.append(frame);
})"""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    stage.mark("junk")
    for junk in JUNK:
        stage.seller.post(junk)
    stage.settle()
    stage.capture("junk")
    message = stage.seller.last_message()
    message["BX_SYSTEM_PARAMS"] |= {"PAYMENT_ID": 1, "SUM": "1.00"}
    message["BX_COMPUTED_STYLE"] = {"color": "rgb(255, 0, 0)", "background": "rgb(255, 0, 0)"}
    for name, sandbox in (("window", False), ("origin", True)):
        stage.mark(name)
        stage.page.evaluate(POST, [message, sandbox])
        stage.settle()
        stage.capture(name)
