// @ts-check
/**
 * The studio: puts its parts together. Whatever is set stands in the address; the stage follows it.
 *
 * @import { State } from "./state.js"
 */
import { showState, watchControls } from "./controls.js";
import { watchDock } from "./dock.js";
import { byId, make } from "./elements.js";
import { asFile, readFile } from "./export.js";
import { checkTold, showDifference } from "./findings.js";
import { Marks } from "./marks.js";
import { layOut } from "./panes.js";
import { asTest } from "./pytest.js";
import { queue } from "./queue.js";
import { row, rowOf } from "./rows.js";
import { ask, watchService } from "./service.js";
import { Stage } from "./stage.js";
import {
  OF_BROWSER,
  OF_PAYMENT,
  part,
  readState,
  shopAddress,
  stateOf,
  writeState,
} from "./state.js";
import { Timeline } from "./timeline.js";

/** Milliseconds between two looks for what has not been answered. */
const LOOK = 500;

/**
 * Set in the browser that the studio has opened; `scheme` is what the person's system prefers.
 * @type {{ scheme: "light" | "dark" } | undefined}
 */
const own = /** @type {any} */ (globalThis).ownBrowser;
// There the frame's system can be another one: the studio itself keeps to the person's.
if (own) {
  /** @type {HTMLLinkElement} */ (byId("dark")).media = own.scheme === "dark" ? "" : "not all";
}
let state = readState(location.search);
const inTurn = queue();
/** The payment that is shown; of the first pane where there are several. @type {any} */
let payment;
/** Of the second page, where two stand side by side. @type {any} */
let before;
const timeline = new Timeline();
/** @type {Map<string, Marks>} */
const marks = new Map();
const stage = new Stage((width) => change({ width: `${width}`, height: "" }));

/** Set some of the state. @param {State} changes */
function change(changes) {
  const last = state;
  state = stateOf({ ...last, ...changes });
  showState(state);
  /** @param {string[]} names */
  const changed = (names) => names.some((name) => state[name] !== last[name]);
  const browser = changed(OF_BROWSER);
  const anew = changed(OF_PAYMENT.concat("before"));
  return follow(async () => {
    if (browser) await setBrowser();
    if (anew) await openPayment();
  });
}

/** Let the page follow the state, after what that takes. @param {() => Promise<void>} work */
function follow(work) {
  return inTurn(async () => {
    await work();
    remember();
    show();
  });
}

/** The address says it all. Who comes back to this tab from a payment service sees that payment. */
function remember() {
  history.replaceState(null, "", writeState(state));
  if (payment) sessionStorage.setItem("studio", writeState({ ...state, payment: payment.id }));
}

/** @param {State} [more] */
async function openPayment(more) {
  const problem = byId("payment-problem");
  const answer = await ask("POST", "/studio/payment", { ...part(state, OF_PAYMENT), ...more });
  problem.textContent = Object.values(answer.errors ?? {}).join(" ");
  if (answer.errors) return;
  payment = answer;
  before = state["before"]
    ? await ask("POST", "/studio/payment", { ...part(state, OF_PAYMENT), url: state["before"] })
    : undefined;
}

function tellPayment() {
  const { order, amount, currency, system, mode, paid } = payment;
  byId("payment").textContent =
    `Order ${order} · ${amount} ${currency} · ${mode ?? "no handler"} · ` +
    `${system} · ${paid ? "paid" : "open"}`;
  /** @type {HTMLAnchorElement} */ (byId("alone")).href = shopAddress(payment.id, state, false);
}

/** Show what the state says. */
function show() {
  for (const button of document.querySelectorAll("[data-width]")) {
    const { width, height } = /** @type {HTMLElement} */ (button).dataset;
    const chosen = (state["width"] ?? "0") === width && (state["height"] ?? height) === height;
    button.setAttribute("aria-pressed", `${chosen}`);
  }
  byId("compare").hidden = state["beside"] !== "pages" || !before;
  if (!payment) return;
  tellPayment();
  showValuesOf(shopAddress(payment.id, state, false));
  stage.show(layOut(state, payment.id, before?.id));
}

/** What only the studio's own browser can do. */
async function setBrowser() {
  const answer = await ask("POST", "/studio/browser/imitate", part(state, OF_BROWSER));
  document.body.classList.toggle("watched", answer.watched === true);
}

/** @param {import("./rows.js").Row} told @param {string} pane */
function add(told, pane) {
  const looking = marks.get(pane) ?? new Marks();
  marks.set(pane, looking);
  if (pane) told.pane = pane;
  looking.look(told);
  timeline.add(told);
}

addEventListener("message", (event) => {
  const { data, origin, source } = event;
  const pane = stage.paneOf(source);
  if (origin === location.origin && source === pane?.frame.contentWindow && data?.payframe) {
    const told = rowOf(data);
    if (told) add(told, pane.name);
    if (told?.kind === "frame") Stage.reveal(pane);
    if (told?.kind === "open" || told?.kind === "page") lookWhetherPaid();
  } else if (pane) {
    const time = (performance.timeOrigin + event.timeStamp) / 1000;
    add(
      row({
        source: "frame",
        kind: "to top",
        title: "Posted to `top`: in a shop alone this is the shop’s page, and here it is handed on",
        time,
        level: "info",
        mark:
          "The shop’s page is `parent`; `top` is another window wherever the shop is in a frame.",
        fact: "top",
        content: { data, origin },
      }),
      pane.name,
    );
    stage.handOn(event);
  }
});

setInterval(() => {
  for (const looking of marks.values()) {
    const marked = looking.late(Date.now() / 1000);
    if (marked) timeline.changed(marked);
  }
}, LOOK);

async function lookWhetherPaid() {
  const shown = payment;
  const { paid } = await ask("GET", `/studio/payments/${shown.id}`);
  if (shown !== payment || paid === payment.paid) return;
  payment.paid = paid;
  tellPayment();
}

/** In its own browser the studio checks the page whenever it may be another one. */
function checkByItself() {
  const wanted = document.body.dataset["check"] === "yes";
  if (own && wanted && payment?.mode === "iframe") byId("check").click();
}

/** @param {string} words */
function tell(words) {
  byId("told").textContent = words;
  byId("told").classList.remove("shown");
  requestAnimationFrame(() => byId("told").classList.add("shown"));
}

/** @param {string} id @param {() => void} done */
const onClick = (id, done) => byId(id).addEventListener("click", done);

onClick("new-payment", () => {
  state = stateOf({ ...state, payment: "" });
  follow(() => openPayment({ fresh: "1" }));
});
onClick("reload", () => {
  stage.reloadFrames();
  checkByItself();
});
onClick("post", () => stage.post());
onClick("compare", async () => {
  const [first, second] = layOut(state, payment.id, before?.id);
  tell("The two are compared …");
  const { error, same, sentence, url } = await ask("POST", "/studio/comparison", {
    before: first?.address,
    now: second?.address,
    width: first?.width,
  });
  if (error) return tell(error);
  if (same) return tell("The two look the same.");
  tell(`They differ: ${sentence}.`);
  showDifference(url, sentence);
});
onClick("copy-link", async () => {
  await navigator.clipboard.writeText(location.href);
  tell("The address is copied: it opens the studio as it is now.");
});
onClick("copy-test", async () => {
  await navigator.clipboard.writeText(asTest(state, payment));
  tell("The test is copied: put it into a file such as test_payment.py.");
});
onClick("save", () => {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([asFile(timeline.rows, location.href)]));
  link.download = "payframe.har";
  link.click();
  URL.revokeObjectURL(link.href);
});
byId("open-file").addEventListener("change", async ({ target }) => {
  const input = /** @type {HTMLInputElement} */ (target);
  const [file] = input.files ?? [];
  input.value = "";
  if (!file) return;
  try {
    const rows = readFile(await file.text());
    timeline.replace(rows);
    timeline.pause(true);
    tell(`${file.name}: ${rows.length} rows. Nothing is added to them until you go on.`);
  } catch (error) {
    tell(`${file.name} cannot be read: ${/** @type {Error} */ (error).message}`);
  }
});
for (const button of document.querySelectorAll("[data-width]")) {
  button.addEventListener("click", () => {
    const { width = "0", height = "0" } = /** @type {HTMLElement} */ (button).dataset;
    change(width === "0" ? { width: "", height: "" } : { width, height });
  });
}

watchControls(change);
const showValuesOf = watchDock(tell);
const heard = watchService({
  row: (told) => {
    if (told.payment && ![payment?.id, before?.id].includes(told.payment)) return;
    timeline.add(told);
  },
  check: checkTold,
  checked: () => payment && part(payment, ["page", "mode", "amount", "currency"]),
  edited: async ({ title, error }) => {
    timeline.add(
      row({
        source: "studio",
        kind: "edit",
        title,
        time: Date.now() / 1000,
        level: error ? "error" : "info",
        mark: error,
        content: { error },
      }),
    );
    if (error) return tell(title);
    await inTurn(async () => {
      // Another browser can only look on.
      if (own) await ask("POST", "/studio/browser/keep", {});
      stage.reloadFrames();
      if (own) await ask("POST", "/studio/browser/restore", {});
    });
    checkByItself();
  },
  watched: (now) => document.body.classList.toggle("watched", now),
  tell,
});

showState(state);
await heard;
await follow(async () => {
  await setBrowser();
  await openPayment();
});
checkByItself();
