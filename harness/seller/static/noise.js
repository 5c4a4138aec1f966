// @ts-check
// Others that speak to the payment frame: the shop's page itself, as extensions and libraries do
// in its name, and a frame beside it. They begin before the shop has said a word.
(() => {
  const PAUSE = 1000;
  const WORDS = [
    "ping",
    null,
    7,
    { type: "webpackOk", data: undefined },
    { source: "react-devtools-bridge", payload: { event: "profilingStatus" } },
    { BX_SYSTEM_PARAMS: null },
  ];
  let said = 0;

  document.addEventListener("DOMContentLoaded", () => {
    const frame = document.getElementById("rest-payment-frame");
    if (!(frame instanceof HTMLIFrameElement)) return;
    const neighbour = document.createElement("iframe");
    neighbour.hidden = true;
    document.body.append(neighbour);
    /** Of that frame, so that the message is its own. @type {any} */
    const { Function } = /** @type {any} */ (neighbour.contentWindow);
    const there = Function("target", "data", 'target.postMessage(data, "*")');
    const speak = () => {
      const data = WORDS[said % WORDS.length];
      const from = said++ % 2 ? "a frame beside it" : "the shop's own window";
      if (from === "a frame beside it") there(frame.contentWindow, data);
      else frame.contentWindow?.postMessage(data, "*");
      document.dispatchEvent(new CustomEvent("noise", { detail: { data, from } }));
    };
    // Ahead of the shop's own message, which the load brings.
    document.addEventListener("load", ({ target }) => {
      if (target === frame) speak();
    }, true);
    speak();
    setInterval(speak, PAUSE);
  });
})();
