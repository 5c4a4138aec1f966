/** The page: shows a state, and tells what the buyer wants. */

import { say } from "../locale.ts";
import { formatAmount } from "../money.ts";
import type { Payment, Reason, State } from "../payment.ts";
import type { Settings } from "../settings.ts";
import type { Theme } from "../theme.ts";
import { byId } from "./dom.ts";
import type { MethodView } from "./method.ts";
import { methodList } from "./methods.ts";

export interface Intents {
  submit(type: string, view: MethodView): void;
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
  useLocale(locale: string): void;
  useTheme(theme: Theme): void;
}

type Part = "wait" | "form" | "action" | "paid" | "stop";

export function createPage(settings: Settings, intents: Intents): Page {
  const { texts } = settings;
  let locale = settings.locale;
  let shown: Part = "wait";
  const element = byId("page", HTMLElement);
  const parts: Record<Part, HTMLElement> = {
    wait: byId("wait", HTMLElement),
    form: byId("form", HTMLFormElement),
    action: byId("action", HTMLElement),
    paid: byId("paid", HTMLElement),
    stop: byId("stop", HTMLElement),
  };
  const alert = byId("alert", HTMLElement);
  const pay = byId("pay", HTMLButtonElement);
  const payText = byId("pay-text", HTMLElement);
  const retry = byId("retry", HTMLButtonElement);
  const back = byId("return", HTMLButtonElement);
  const methods = methodList(settings);

  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = methods.chosen();
    if (chosen) intents.submit(chosen.type, chosen.view);
  });
  byId("action-continue", HTMLButtonElement).addEventListener("click", intents.continueAction);
  byId("action-other", HTMLButtonElement).addEventListener("click", intents.otherWay);
  retry.addEventListener("click", intents.retry);
  back.addEventListener("click", intents.returnToShop);

  function reveal(part: Part): void {
    for (const [name, each] of Object.entries(parts)) each.hidden = name !== part;
    // What has replaced the form is read out; a page that just loads takes no focus.
    if (part !== shown && part !== "form" && part !== "wait") {
      parts[part].querySelector("h2")?.focus({ preventScroll: true });
    }
    shown = part;
  }

  function wait(key: string): void {
    byId("wait-text", HTMLElement).textContent = say(texts, key);
    reveal("wait");
  }

  function showDue(payment: Payment): string {
    const amount = formatAmount(payment.amount.value, payment.amount.currency, locale);
    byId("due", HTMLElement).hidden = false;
    byId("amount", HTMLElement).textContent = amount;
    byId("description", HTMLElement).textContent = payment.description;
    return amount;
  }

  function showForm(payment: Payment, busy: boolean, reason?: Reason): void {
    if (!methods.offer(payment.methods)) return stop({ key: "broken_methods" }, false);
    const amount = showDue(payment);
    methods.lock(busy);
    pay.ariaDisabled = String(busy);
    payText.textContent = busy ? say(texts, "submitting") : say(texts, "pay", { amount });
    alert.hidden = !reason;
    alert.textContent = reason ? sentence(reason) : "";
    reveal("form");
    if (reason) alert.focus({ preventScroll: true });
  }

  function stop(reason: Reason, canRetry: boolean): void {
    byId("stop-reason", HTMLElement).textContent = sentence(reason);
    retry.hidden = !canRetry;
    reveal("stop");
  }

  function sentence(reason: Reason): string {
    return "sentence" in reason ? reason.sentence : say(texts, reason.key, reason.values);
  }

  return {
    element,
    show(state) {
      element.dataset.state = state.at;
      switch (state.at) {
        case "waiting":
        case "loading":
          return wait(state.at);
        case "ready":
          return showForm(state.payment, false);
        case "submitting":
          // After a reload there is no form yet, and nothing in it to look at.
          if (shown === "form") return showForm(state.payment, true);
          showDue(state.payment);
          return wait("submitting");
        case "action_required":
          showDue(state.payment);
          return state.asked ? wait("submitting") : reveal("action");
        case "paid": {
          const amount = showDue(state.payment);
          methods.clear();
          byId("paid-note", HTMLElement).textContent = say(texts, "paid_note", { amount });
          return reveal("paid");
        }
        case "failed":
          return state.payment
            ? showForm(state.payment, false, state.reason)
            : stop(state.reason, true);
        case "broken":
          return stop(state.reason, false);
      }
    },
    canReturn(can) {
      back.hidden = !can;
    },
    useLocale(chosen) {
      locale = document.documentElement.lang = chosen;
    },
    useTheme(theme) {
      const root = document.documentElement.style;
      for (const [name, value] of Object.entries(theme.properties)) root.setProperty(name, value);
      document.body.className = theme.stance;
    },
  };
}
