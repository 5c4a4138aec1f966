// @ts-check
// Messages from others than the shop: for the scene "messages", in the shop's page.
(() => {
  /** Posts to all frames of the page from one of another origin. */
  /** @param {unknown[]} messages */
  const postFromOtherOrigin = (messages) =>
    new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.setAttribute("sandbox", "allow-scripts"); // its origin is none of the shop's
      frame.onload = done;
      const text = JSON.stringify(messages).replaceAll("<", "\\u003c");
      frame.srcdoc = `<script>
        for (const message of ${text}) {
          for (let n = 0; n < parent.length; n++) parent[n].postMessage(message, "*");
        }
      </script>`;
      document.body.append(frame);
    });

  return { postFromOtherOrigin };
})();
