/** The ways to pay that the buyer has, and which one is chosen. */

import methods from "payframe/methods";
import redirect from "../methods/redirect.ts";
import type { Action, MethodOffer, Step } from "../payment.ts";
import type { Settings } from "../settings.ts";
import { byId, create } from "./dom.ts";
import type { Language, Method } from "./method.ts";

export interface Choice {
  /** The types of all methods of this page, in the settings' order. */
  readonly types: readonly string[];
  /** Offer these of them. */
  offer(methods: readonly MethodOffer[]): void;
  chosen(): { readonly type: string; readonly method: Method };
  lock(locked: boolean): void;
  clear(all: boolean): void;
  /** What the buyer has to do for an action, as its method shows it. */
  stepOf(action: Action): Step | undefined;
}

/** `changed` is called when the buyer chooses. */
export function methodChoice(
  offers: Settings["offers"],
  language: Language,
  changed: () => void,
): Choice {
  const fieldset = byId("methods", HTMLFieldSetElement);
  const list = byId("method-list");
  const types = Object.keys(methods);
  const own = new Map<string, { method: Method; element: HTMLElement }>();
  for (const type of types) {
    const method = methods[type]!(language);
    const element = method.element ?? note(type);
    fieldset.after(element);
    own.set(type, { method, element });
  }
  let offered = "";
  let chosen = "";

  function note(type: string): HTMLElement {
    const element = create("p", { className: "quiet" });
    element.dataset.t = `${type}_note`;
    return element;
  }

  function choose(type: string): void {
    chosen = type;
    for (const [each, { element }] of own) element.hidden = each !== type;
  }

  function option({ type, settings, label, logo }: MethodOffer): HTMLElement {
    const radio = create("input", { type: "radio", name: "method", checked: type === chosen });
    radio.addEventListener("change", () => {
      choose(type);
      changed();
    });
    const row = create("label", { className: "method" }, radio, label);
    if (logo?.startsWith("data:image/")) row.append(create("img", { src: logo, alt: "" }));
    own.get(type)?.method.offer?.(settings);
    return row;
  }

  function offer(given: readonly MethodOffer[]): void {
    const known = types.flatMap((type) =>
      given.filter((method) => method.type === type).map((method) => ({
        ...method,
        ...offers[type],
      }))
    );
    // Offered again, as after a declined card, the list keeps the buyer's choice.
    const now = JSON.stringify(known);
    if (now === offered || !known[0]) return;
    offered = now;
    choose(known[0].type);
    list.replaceChildren(...known.map(option));
    fieldset.hidden = known.length < 2;
  }

  // What is likely to come has its place from the first paint on.
  offer(types.map((type) => ({ type, label: "\u00a0" })));
  return {
    types,
    offer,
    chosen: () => ({ type: chosen, method: own.get(chosen)!.method }),
    lock(locked) {
      fieldset.disabled = locked;
      for (const { method } of own.values()) method.lock?.(locked);
    },
    clear(all) {
      for (const { method } of own.values()) method.clear?.(all);
    },
    // A card's bank may ask for a redirect too, where it is not offered.
    stepOf: (action) =>
      (own.get(action.type)?.method ?? { redirect: redirect() }[action.type])?.action?.(action),
  };
}
