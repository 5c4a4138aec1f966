// @ts-check
/** What lies below the stage: the timeline and the payment's values, as high as one likes. */
import { byId, onDrag } from "./elements.js";
import { queue } from "./queue.js";

const TABS = ["timeline", "values"];
/** CSS px that stay for the stage, that the dock has at least, and that a key moves it by. */
const STAGE = 200;
const LEAST = 120;
const STEP = 24;

/**
 * Returns what is to be told the address of the shop's page, which says where each value comes from.
 *
 * @param {(words: string) => void} tell
 * @returns {(address: string) => void}
 */
export function watchDock(tell) {
  const inTurn = queue();
  let address = "";
  /** Whether the values are shown, or just being loaded. */
  let open = false;
  const load = () => inTurn(() => showValues(address));
  for (const name of TABS) {
    byId(`${name}-tab`).addEventListener("click", async () => {
      open = name === "values";
      if (open) await load();
      // Another tab may have been chosen meanwhile.
      const shown = open ? "values" : "timeline";
      for (const each of TABS) {
        byId(`${each}-tab`).setAttribute("aria-selected", `${each === shown}`);
        byId(each).hidden = each !== shown;
      }
      document.body.classList.toggle("with-values", open);
    });
  }
  byId("values").addEventListener("click", async ({ target }) => {
    const button = /** @type {Element} */ (target).closest(".copy");
    let copied = button?.parentElement?.nextElementSibling;
    while (copied && copied.tagName !== "PRE") copied = copied.nextElementSibling;
    if (!copied) return;
    await navigator.clipboard.writeText(copied.textContent ?? "");
    tell("Copied.");
  });
  const splitter = byId("splitter");
  onDrag(splitter, () => ({ clientY }) => setHeight(innerHeight - clientY));
  splitter.addEventListener("keydown", ({ key }) => {
    const { height } = byId("dock").getBoundingClientRect();
    if (key === "ArrowUp") setHeight(height + STEP);
    if (key === "ArrowDown") setHeight(height - STEP);
  });
  return (now) => {
    const changed = now !== address;
    address = now;
    if (changed && open) load();
  };
}

/** @param {string} address */
async function showValues(address) {
  const text = await (await fetch(`${address}&inspect=1`)).text();
  const found = new DOMParser().parseFromString(text, "text/html").getElementById("inspection");
  found?.querySelector(".lead")?.remove();
  byId("values").replaceChildren(...found ? found.children : ["Nothing is known of this payment."]);
}

/** @param {number} wanted CSS px */
function setHeight(wanted) {
  const height = Math.round(Math.min(innerHeight - STAGE, Math.max(LEAST, wanted)));
  document.body.style.setProperty("--dock", `${height}px`);
  byId("splitter").setAttribute("aria-valuenow", `${Math.round(100 * height / innerHeight)}`);
}
