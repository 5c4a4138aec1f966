/** The ways to pay: one view each, and the list to choose from. */

import type { Method } from "../payment.ts";
import type { Settings } from "../settings.ts";
import { cardView } from "./card.ts";
import { byId } from "./dom.ts";
import type { MethodView } from "./method.ts";
import { redirectView } from "./redirect.ts";

/** A new method is a view of its own and a line here. */
const VIEWS: Readonly<Record<string, (settings: Settings) => MethodView>> = {
  card: cardView,
  redirect: redirectView,
};

export interface Methods {
  /** Offer these, in the settings' order; false where none of them is known here. */
  offer(methods: readonly Method[]): boolean;
  chosen(): { readonly type: string; readonly view: MethodView } | undefined;
  lock(locked: boolean): void;
  clear(): void;
}

export function methodList(settings: Settings): Methods {
  const fieldset = byId("methods", HTMLFieldSetElement);
  const list = byId("method-list", HTMLElement);
  const views = new Map<string, MethodView>();
  for (const type of settings.methods) {
    const create = VIEWS[type];
    if (create) views.set(type, create(settings));
  }
  let offered = "";
  let chosen: string | undefined;

  function choose(type: string): void {
    chosen = type;
    for (const [each, view] of views) view.element.hidden = each !== type;
  }

  function option({ type, label }: Method): HTMLElement {
    const row = document.createElement("label");
    row.className = "method";
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "method";
    radio.checked = type === chosen;
    radio.addEventListener("change", () => choose(type));
    row.append(radio, label);
    return row;
  }

  return {
    offer(methods) {
      const known = [...views.keys()].flatMap((type) => methods.filter((m) => m.type === type));
      // Offered again, as after a declined card, the list keeps the buyer's choice.
      const now = JSON.stringify(known);
      if (now === offered || !known[0]) return known.length > 0;
      offered = now;
      choose(known[0].type);
      list.replaceChildren(...known.map(option));
      fieldset.hidden = known.length < 2;
      return true;
    },
    chosen() {
      const view = chosen === undefined ? undefined : views.get(chosen);
      return view && chosen !== undefined ? { type: chosen, view } : undefined;
    },
    lock(locked) {
      for (const radio of list.querySelectorAll("input")) radio.disabled = locked;
      for (const view of views.values()) view.lock(locked);
    },
    clear() {
      for (const view of views.values()) view.clear();
    },
  };
}
