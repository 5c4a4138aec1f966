/** The page: shows a state, and tells what the buyer does. */

import { loadTexts, translate } from "../locale.ts";
import { formatAmount } from "../money.ts";
import type { Action, Payment, Reason, State, Step } from "../payment.ts";
import type { Settings, Texts } from "../settings.ts";
import { parseColor, themeOf } from "../theme.ts";
import { methodChoice } from "./choice.ts";
import { byId } from "./dom.ts";
import type { Data, Language, Method } from "./method.ts";

export interface Submission {
  /** Its type. */
  readonly method: string;
  readonly returnsTo: Method["returnsTo"] | undefined;
  readonly data: Data | Promise<Data> | undefined;
}

export interface PageListener {
  submit(submission: Submission): void;
  /** Go where the step leads. */
  goToStep(): void;
  chooseOther(): void;
  retry(): void;
  returnToShop(): void;
}

export interface Page {
  readonly element: HTMLElement;
  readonly url: string;
  /** The types of the methods that it knows. */
  readonly methods: readonly string[];
  listen(listener: PageListener): void;
  show(state: State): void;
  /** What an action means to the buyer; undefined where it makes no sense. */
  stepOf(action: Action): Step | undefined;
  /**
   * What the buyer reads, the best first, as Accept-Language has it. With other characters it
   * would need the gateway's leave (CORS).
   */
  languages(): string;
  /** Settled once the page is in this language, or in the browser's. */
  useLocale(wanted?: string): Promise<void>;
  /** Takes the frame to a bank. */
  goTo(url: string): void;
}

/** The parts of the page, of which one is shown; by their IDs. */
const PARTS = ["wait", "form", "action", "paid", "stop"] as const;
type Part = typeof PARTS[number];

export function createPage(settings: Settings): Page {
  let { locale, texts } = settings;
  let translated = false;
  let wantedLocale: string | undefined;
  let localized: Promise<void> | undefined;
  let state: State = { at: "waiting" };
  let shown: Part = "form";
  let amount = "";
  const language: Language = {
    t: (key, values) => translate(texts, key, { brand: settings.brand, ...values }),
    locale: () => locale,
  };
  const { t } = language;
  const element = byId("page");
  const parts = Object.fromEntries(
    PARTS.map((id) => [id, byId(id)]),
  ) as Record<Part, HTMLElement>;
  const due = byId("due");
  const alert = byId("alert");
  const payButton = byId("pay");
  const proceed = byId("action-continue");
  const retry = byId("retry");
  const back = byId("return");
  const choice = methodChoice(settings.offers, language, () => write("pay-text", payText()));

  function write(id: string, text: string): void {
    byId(id).textContent = text;
  }

  function reveal(part: Part): void {
    for (const [name, each] of Object.entries(parts)) each.hidden = name !== part;
    // What has replaced the form is read out; a page that just loads takes no focus.
    if (part !== shown && part !== "form" && part !== "wait") {
      parts[part].querySelector("h2")?.focus({ preventScroll: true });
    }
    shown = part;
  }

  function wait(key: string): void {
    write("wait-text", t(key));
    reveal("wait");
  }

  function showDue(payment: Payment): void {
    amount = formatAmount(payment.amount.value, payment.amount.currency, locale);
    due.hidden = false;
    write("amount", amount);
    write("description", payment.description);
  }

  function payText(): string {
    return t(choice.chosen().method.button ?? "pay", { amount });
  }

  function showForm(payment: Payment, busy: boolean, reason?: Reason): void {
    choice.offer(payment.methods);
    showDue(payment);
    choice.lock(busy);
    payButton.ariaDisabled = String(busy);
    write("pay-text", busy ? t("submitting") : payText());
    alert.hidden = !reason;
    alert.textContent = reason ? sentence(reason) : "";
    reveal("form");
    if (reason) alert.focus({ preventScroll: true });
  }

  function showStep({ type }: Action, step: Step): void {
    const leads = "url" in step;
    write("action-title", t(type));
    write("action-note", t(`${type}_steps`));
    byId("action-body").replaceChildren(...leads ? [] : [step]);
    proceed.hidden = !leads;
    reveal("action");
  }

  function stop(reason: Reason, canRetry: boolean): void {
    write("stop-reason", sentence(reason));
    retry.hidden = !canRetry;
    due.hidden = !amount;
    reveal("stop");
  }

  function sentence(reason: Reason): string {
    return "sentence" in reason ? reason.sentence : t(reason.key, reason.values);
  }

  function show(next: State): void {
    state = next;
    element.dataset.state = state.at;
    const busy = state.at === "waiting" || state.at === "loading";
    element.ariaBusy = String(busy);
    parts.form.inert = busy;
    useStyle();
    switch (state.at) {
      case "waiting":
      case "loading":
        // The form keeps its place meanwhile; what is waited for is written where its button will be.
        write("wait-text", t(state.at));
        reveal("form");
        parts.wait.hidden = false;
        return;
      case "ready":
        return showForm(state.payment, false);
      case "submitting":
        // After a reload there is no form yet, and nothing in it to look at.
        if (shown === "form" && amount) return showForm(state.payment, true);
        showDue(state.payment);
        return wait("submitting");
      case "action_required":
        choice.clear(true);
        showDue(state.payment);
        return state.asked && "url" in state.step
          ? wait("submitting")
          : showStep(state.payment.action!, state.step);
      case "paid":
        choice.clear(true);
        back.hidden = !state.handshake.returnUrl;
        showDue(state.payment);
        write("paid-note", t("paid_note", { amount }));
        return reveal("paid");
      case "failed":
        if (!state.payment) return stop(state.reason, true);
        choice.clear(false);
        return showForm(state.payment, false, state.reason);
      case "broken":
        return stop(state.reason, false);
    }
  }

  /** Before the shop's style is known the page shows no colours of its own. */
  function useStyle(): void {
    if (state.at === "waiting") return;
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = themeOf(state.handshake?.style, parseColor(settings.accent)!, dark);
    const root = document.documentElement.style;
    for (const [name, value] of Object.entries(theme.properties)) root.setProperty(name, value);
    document.body.className = theme.fit;
  }

  function useTexts(tag: string, newTexts: Texts): void {
    document.documentElement.lang = locale = tag;
    if (translated && newTexts === texts) return;
    texts = newTexts;
    translated = true;
    document.documentElement.dir = t("dir");
    for (const each of document.querySelectorAll<HTMLElement>("[data-t]")) {
      each.textContent = t(each.dataset.t!);
    }
    for (const each of document.querySelectorAll<HTMLInputElement>("[data-hint]")) {
      each.placeholder = t(each.dataset.hint!);
    }
    show(state);
  }

  function showOffline(): void {
    byId("offline").hidden = navigator.onLine;
  }

  addEventListener("online", showOffline);
  addEventListener("offline", showOffline);
  showOffline();
  // Most likely they stay, so that the first layout has them.
  if (navigator.language.split("-")[0] === locale.split("-")[0]) useTexts(locale, texts);
  return {
    element,
    url: location.href,
    methods: choice.types,
    show,
    stepOf: choice.stepOf,
    listen(listener) {
      parts.form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (payButton.ariaDisabled === "true") return;
        const { type, method } = choice.chosen();
        const data = method.read?.();
        if (method.read && !data) return;
        listener.submit({ method: type, returnsTo: method.returnsTo, data });
      });
      proceed.addEventListener("click", listener.goToStep);
      byId("action-other").addEventListener("click", listener.chooseOther);
      retry.addEventListener("click", listener.retry);
      back.addEventListener("click", listener.returnToShop);
    },
    languages: () =>
      [wantedLocale ?? [], navigator.languages].flat().join().replaceAll(/[^a-z\d,]/gi, "-"),
    useLocale(wanted) {
      if (localized && wanted === wantedLocale) return localized;
      wantedLocale = wanted;
      // Not in the task of the first layout: browsers take milliseconds to look locales up.
      const loaded: Promise<void> = new Promise((resume) => setTimeout(resume))
        .then(() => loadTexts(settings, [wanted, ...navigator.languages]))
        .then((loadedTexts) => {
          if (localized === loaded) useTexts(loadedTexts.tag, loadedTexts.texts);
        });
      return localized = loaded;
    },
    goTo(url) {
      location.href = url;
    },
  };
}
