// @ts-check
// Messages from others than the shop: for the scene "messages", in the shop's page.
(() => {
  /** Posts to all frames of the page from one of another origin. */
  /** @param {unknown} message */
  const postFromOtherOrigin = (message) =>
    new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.setAttribute("sandbox", "allow-scripts"); // its origin is none of the shop's
      frame.onload = done;
      const text = JSON.stringify(message).replaceAll("<", "\\u003c");
      frame.srcdoc = `<script>
        for (let n = 0; n < parent.length; n++) parent[n].postMessage(${text}, "*")
      </script>`;
      document.body.append(frame);
    });

  return { postFromOtherOrigin };
})();
