/** The page: shows a state, and tells what the buyer wants. */

import { say, type Texts } from "../locale.ts";
import { formatAmount } from "../money.ts";
import type { Action, Payment, Reason, State } from "../payment.ts";
import type { Settings } from "../settings.ts";
import type { Theme } from "../theme.ts";
import { methodChoice } from "./choice.ts";
import { byId } from "./dom.ts";
import type { Method, Words } from "./method.ts";

export interface Intents {
  submit(type: string, method: Method): void;
  continueAction(): void;
  otherWay(): void;
  retry(): void;
  returnToShop(): void;
}

export interface Page {
  readonly element: HTMLElement;
  show(state: State): void;
  /** Whether there is a link back to the shop's page. */
  canReturn(can: boolean): void;
  offline(is: boolean): void;
  useWords(locale: string, texts: Texts): void;
  useTheme(theme: Theme): void;
}

type Part = "wait" | "form" | "action" | "paid" | "stop";

export function createPage(settings: Settings, intents: Intents): Page {
  let { locale, texts } = settings;
  let state: State = { at: "waiting" };
  let shown: Part = "form";
  let amount = "";
  const words: Words = {
    t: (key, values) => say(texts, key, { brand: settings.brand, ...values }),
    locale: () => locale,
  };
  const { t } = words;
  const element = byId("page", HTMLElement);
  const parts: Record<Part, HTMLElement> = {
    wait: byId("wait", HTMLElement),
    form: byId("form", HTMLFormElement),
    action: byId("action", HTMLElement),
    paid: byId("paid", HTMLElement),
    stop: byId("stop", HTMLElement),
  };
  const due = byId("due", HTMLElement);
  const alert = byId("alert", HTMLElement);
  const payButton = byId("pay", HTMLButtonElement);
  const proceed = byId("action-continue", HTMLButtonElement);
  const retry = byId("retry", HTMLButtonElement);
  const back = byId("return", HTMLButtonElement);
  const choice = methodChoice(settings.offers, words, () => write("pay-text", payText()));

  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { type, method } = choice.chosen();
    intents.submit(type, method);
  });
  proceed.addEventListener("click", intents.continueAction);
  byId("action-other", HTMLButtonElement).addEventListener("click", intents.otherWay);
  retry.addEventListener("click", intents.retry);
  back.addEventListener("click", intents.returnToShop);

  function write(id: string, text: string): void {
    byId(id, HTMLElement).textContent = text;
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
    if (!choice.offer(payment.methods)) return stop({ key: "broken_methods" }, false);
    showDue(payment);
    choice.lock(busy);
    payButton.ariaDisabled = String(busy);
    write("pay-text", busy ? t("submitting") : payText());
    alert.hidden = !reason;
    alert.textContent = reason ? sentence(reason) : "";
    reveal("form");
    if (reason) alert.focus({ preventScroll: true });
  }

  function showAction(action: Action): void {
    const { type } = action;
    const redirect = type === "redirect";
    const body = choice.action(action);
    if (!redirect && !body) return stop({ key: "error_unknown" }, false);
    write("action-title", t(redirect ? "action" : type));
    write("action-note", t(redirect ? "action_note" : `${type}_steps`));
    byId("action-body", HTMLElement).replaceChildren(...body ? [body] : []);
    proceed.hidden = !redirect;
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
    switch (state.at) {
      case "waiting":
      case "loading":
        // The form that will come keeps its place; what is waited for stands where its button is.
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
        choice.clear();
        showDue(state.payment);
        return state.asked && state.payment.action?.type === "redirect"
          ? wait("submitting")
          : showAction(state.payment.action!);
      case "paid":
        choice.clear();
        showDue(state.payment);
        write("paid-note", t("paid_note", { amount }));
        return reveal("paid");
      case "failed":
        if (!state.payment) return stop(state.reason, true);
        choice.clear();
        return showForm(state.payment, false, state.reason);
      case "broken":
        return stop(state.reason, false);
    }
  }

  return {
    element,
    show,
    canReturn(can) {
      back.hidden = !can;
    },
    offline(is) {
      byId("offline", HTMLElement).hidden = !is;
    },
    useWords(tag, words) {
      locale = document.documentElement.lang = tag;
      texts = words;
      document.documentElement.dir = t("dir");
      for (const each of document.querySelectorAll<HTMLElement>("[data-t]")) {
        each.textContent = t(each.dataset.t!);
      }
      for (const each of document.querySelectorAll<HTMLInputElement>("[data-hint]")) {
        each.placeholder = t(each.dataset.hint!);
      }
      show(state);
    },
    useTheme(theme) {
      const root = document.documentElement.style;
      for (const [name, value] of Object.entries(theme.properties)) root.setProperty(name, value);
      document.body.className = theme.stance;
    },
  };
}
