/** Puts the parts together: what the seller says, what the gateway answers, what the buyer does. */

import { connectGateway, isRedirect, Refused, Unreachable } from "./gateway.ts";
import { frameStorage, rememberIntents } from "./intent.ts";
import { chooseLocale, loadTexts } from "./locale.ts";
import { readMessage } from "./message.ts";
import { safeActionUrl } from "./origin.ts";
import { type Event, known, next, type Payment, type State } from "./payment.ts";
import { listenToSeller } from "./seller.ts";
import { readSettings } from "./settings.ts";
import { reportSize } from "./size.ts";
import { parseColor, themeOf } from "./theme.ts";
import type { Method } from "./view/method.ts";
import { createPage } from "./view/page.ts";

/** Milliseconds. */
const SILENCE = 10_000;
const POLL = { first: 1_000, most: 5_000, growth: 1.25 };
const GOODBYE = 2_500;

const settings = readSettings();
const gateway = connectGateway(new URL(settings.gateway_url, location.href).href);
const intents = rememberIntents(frameStorage());
let state: State = { at: "waiting" };
/** Ends what the present state has under way. */
let leave = new AbortController();
let pause = POLL.first;
/** Before the shop's style has come the page shows no colours of its own. */
let styled = false;
/** Settled once the words that the buyer reads are there, and which they are. */
let words: Promise<void>;
let reading = "";

const seller = listenToSeller(settings.allowed_sellers, {
  message(data) {
    const message = known(state) ? undefined : readMessage(data);
    if (!message) return false;
    if ("missing" in message) {
      const values = { missing: message.missing };
      happen({ type: "unusable", reason: { key: "broken_incomplete", values } });
      return false;
    }
    useStyle(message.style);
    useLocale(message.request.fields.locale);
    happen({ type: "handshake", request: message.request });
    return true;
  },
  stranger(origin) {
    happen({ type: "unusable", reason: { key: "broken_seller", values: { origin } } });
  },
});

const page = createPage(settings, {
  submit,
  continueAction: follow,
  otherWay,
  retry: () => happen({ type: "reload" }),
  returnToShop,
});

/** Move on, show it, and begin what the new state has to do. */
function happen(event: Event): void {
  const before = state;
  state = next(before, event);
  if (state === before) return;
  leave.abort();
  leave = new AbortController();
  pause = POLL.first;
  if (!styled) useStyle(undefined);
  page.show(state);
  switch (state.at) {
    case "loading":
      ask(gateway.open(state.request, leave.signal), leave.signal);
      break;
    case "submitting":
      if (state.payment.status === "processing") poll(state.payment);
      break;
    case "action_required":
      if (state.asked && isRedirect(state.payment.action)) follow();
      else poll(state.payment);
      break;
    case "paid":
      later(GOODBYE, returnToShop);
  }
}

/** Wait for the gateway and let its answer happen, unless the state has changed meanwhile. */
async function ask(answer: Promise<Payment>, signal: AbortSignal): Promise<void> {
  let event: Event;
  try {
    const payment = await answer;
    await words;
    if (signal.aborted) return;
    // An attempt that has ended ends its intent; the next one is another.
    if (payment.status === "failed" || payment.status === "paid") intents.end(payment.id);
    page.canReturn(backToShop() !== undefined);
    event = { type: "answer", payment };
  } catch (error) {
    if (signal.aborted) return;
    event = failure(error);
  }
  happen(event);
  // Nothing has changed: the same question again.
  if (!signal.aborted && "payment" in state && state.payment) poll(state.payment);
}

function failure(error: unknown): Event {
  if (error instanceof Unreachable) return { type: "unreachable" };
  if (!(error instanceof Refused)) throw error;
  if (state.at !== "submitting") return { type: "refused", sentence: error.message };
  switch (error.code) {
    case "idempotency_key_reused":
      // The same intent with another card: the first attempt has reached the gateway after all.
      intents.end(state.payment.id);
      return { type: "reload" };
    case "attempt_in_progress":
    case "amount_changed":
      return { type: "reload" };
    default:
      intents.end(state.payment.id);
      return { type: "declined", sentence: error.message };
  }
}

function submit(type: string, method: Method): void {
  if ((state.at !== "ready" && state.at !== "failed") || !state.payment) return;
  const entered = method.read ? method.read() : {};
  if (!entered) return;
  const { payment } = state;
  const return_url = method.returnsTo === "shop" ? backToShop() : undefined;
  happen({ type: "submit" });
  const attempt = {
    method: type,
    amount: payment.amount,
    return_url: return_url ?? location.href,
    ...entered,
  };
  const { signal } = leave;
  ask(gateway.attempt(payment, attempt, intents.key(payment.id), signal), signal);
}

function poll(payment: Payment): void {
  const { signal } = leave;
  later(pause, () => ask(gateway.read(payment, signal), signal));
  pause = Math.min(POLL.most, pause * POLL.growth);
}

/** Go where the buyer confirms. */
function follow(): void {
  if (state.at !== "action_required" || !isRedirect(state.payment.action)) return;
  const { url, target } = state.payment.action;
  const safe = safeActionUrl(url);
  if (!safe) return otherWay();
  if (target === "top") seller.go(safe);
  else location.href = safe;
}

/** What the buyer means to pay with from here on is another intent. */
function otherWay(): void {
  if (state.at === "action_required") intents.end(state.payment.id);
  happen({ type: "other_way" });
}

function backToShop(): string | undefined {
  return "request" in state && state.request
    ? seller.returnUrl(state.request.returnUrl)
    : undefined;
}

function returnToShop(): void {
  const url = backToShop();
  if (url) seller.go(url);
}

/** After `ms`, unless the state has changed meanwhile. */
function later(ms: number, run: () => void): void {
  const timer = setTimeout(run, ms);
  leave.signal.addEventListener("abort", () => clearTimeout(timer));
}

function useStyle(style: unknown): void {
  styled = true;
  const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
  page.useTheme(themeOf(style, parseColor(settings.accent)!, prefersDark));
}

function useLocale(wish?: string): void {
  const known = [settings.locale, ...settings.locales];
  const locale = chooseLocale([wish, ...navigator.languages], known, settings.locale);
  if (locale.tag === reading) return;
  reading = locale.tag;
  const loaded = loadTexts(settings, locale).then(({ tag, texts }) => {
    if (words === loaded) page.useWords(tag, texts);
  });
  words = loaded;
}

function showOffline(): void {
  page.offline(!navigator.onLine);
}

// A page that the browser kept, and shows again when the buyer comes back, asks anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
addEventListener("online", showOffline);
addEventListener("offline", showOffline);
showOffline();
useLocale();
reportSize(page.element, settings.size, seller.postSize);
if (seller.isFrame) later(SILENCE, () => happen({ type: "silence" }));
else happen({ type: "unusable", reason: { key: "broken_outside" } });
