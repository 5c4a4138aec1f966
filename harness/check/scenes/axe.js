// @ts-check
// axe-core in the frame's document: for the scene "axe".
(() => {
  const QUOTED = 300; // characters of an element's HTML
  const MOST_NODES = 3; // elements of which axe's finding is quoted

  // axe, once it is loaded, listens for messages of other frames' axe: that is not the page's
  // doing, and there is none.
  const hide = () => {
    globalThis.addEventListener = () => {};
  };

  /** What axe-core finds, each as JSON. */
  const run = async () => {
    const loaded = /** @type {any} */ (globalThis).axe;
    const { violations } = await loaded.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
      resultTypes: ["violations"],
      iframes: false, // frames in the frame do not answer axe, which would wait for them
    });
    delete (/** @type {any} */ (globalThis).addEventListener);
    return violations.map((/** @type {any} */ { id, impact, help, helpUrl, nodes }) =>
      JSON.stringify({
        id,
        impact,
        help,
        helpUrl,
        count: nodes.length,
        nodes: nodes.slice(0, MOST_NODES).map((/** @type {{ html: string }} */ { html }) =>
          html.slice(0, QUOTED)
        ),
      })
    );
  };

  return { hide, run };
})();
