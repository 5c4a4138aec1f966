/**
 * A payment provider's own fields: frames of the provider where our fields would be, so that a card
 * never touches this page. A method that has them is made here; what is the provider's own is its
 * `connect`. The fields' places are those of templates/fields.html, the provider's scripts those of
 * [widget.loads.METHOD] in payframe.toml.
 */

import { RefusedError } from "../gateway.ts";
import { type MethodSettings, NOT_SENT } from "../payment.ts";
import { byId } from "./dom.ts";
import type { Data, Language, Method } from "./method.ts";

/** How a text field of this page looks, as CSS values that have been computed. */
export interface FieldStyle {
  readonly color: string;
  readonly placeholderColor: string;
  readonly fontFamily: string;
  readonly fontSize: string;
  readonly lineHeight: string;
  /** The frame is transparent only where its own `color-scheme` is the same. */
  readonly colorScheme: string;
  readonly direction: string;
}

/** What a field shows, and what it says to those who do not see this page around it. */
export interface FieldOptions {
  readonly style: FieldStyle;
  readonly label: string;
  readonly hint: string;
  /** What is wrong with the value, "" where nothing is. */
  readonly error: string;
  readonly locked: boolean;
}

export interface Field {
  update(options: FieldOptions): void;
  focus(): void;
  clear(): void;
}

export interface FieldChange {
  readonly empty: boolean;
  readonly complete: boolean;
  /** The key of what is wrong; by default "error_" and the field's name. */
  readonly error?: string | undefined;
  /** What is shown beside the label, such as the card's brand. */
  readonly mark?: string | undefined;
}

/** What the provider's field tells. */
export interface FieldEvents {
  ready(): void;
  change(change: FieldChange): void;
  focus(): void;
  blur(): void;
  /** Enter was pressed in it. */
  submit(): void;
}

export interface Provider<Name extends string> {
  mount(name: Name, place: HTMLElement, options: FieldOptions, events: FieldEvents): Field;
  /** What stands for the card; undefined where the provider refuses it, rejected without answer. */
  token(): Promise<Data | undefined>;
}

/** Milliseconds that the provider's scripts and fields may take to come, and its answer. */
const LOADING = 15_000;
const ANSWER = 20_000;
/** Milliseconds in which a click is over. */
const CLICK = 200;

interface Place {
  readonly box: HTMLElement;
  readonly label: HTMLElement;
  readonly message: HTMLElement;
  field?: Field;
  value: FieldChange;
  /** The key of the error that is shown. */
  error?: string | undefined;
  /** The options that the field has, as JSON. */
  shown?: string;
}

/**
 * A method with fields of these names; `connect` is called when its scripts have been loaded, with
 * what the gateway says that the method has to know.
 */
export function providerFields<Name extends string>(
  method: string,
  names: readonly Name[],
  { t }: Language,
  connect: (settings: MethodSettings) => Provider<Name>,
): Method {
  const places = new Map(names.map((name) => [name, findPlace(name)]));
  const element = byId(`method-${method}`);
  const notice = byId(`${method}-notice`);
  let provider: Provider<Name> | undefined;
  let state: "empty" | "loading" | "ready" | "failed" = "empty";
  let trouble = "";
  let settings: MethodSettings = {};
  let locked = false;

  function findPlace(name: Name): Place {
    const id = `${method}-${name}`;
    const place: Place = {
      box: byId(id),
      label: byId(`${id}-label`),
      message: byId(`${id}-error`),
      value: { empty: true, complete: false },
    };
    // A frame has no label: what lies around it leads into it.
    for (const part of [place.box, place.label]) {
      part.addEventListener("click", () => place.field?.focus());
    }
    return place;
  }

  function options({ box, label, error }: Place): FieldOptions {
    const style = getComputedStyle(box);
    const { color, fontFamily, fontSize, lineHeight, colorScheme, direction } = style;
    const placeholderColor = style.getPropertyValue("--quiet");
    return {
      style: {
        ...{ color, placeholderColor, fontFamily, fontSize, lineHeight },
        ...{ colorScheme, direction },
      },
      label: t(label.dataset.t!),
      hint: box.dataset.fieldHint ? t(box.dataset.fieldHint) : "",
      error: error ? t(error) : "",
      locked,
    };
  }

  /** The field shows what it should: an error of its own, the shop's look, the buyer's language. */
  function update(place: Place): void {
    const message = place.error ? t(place.error) : "";
    place.message.hidden = !message;
    place.message.textContent = message;
    place.box.toggleAttribute("data-invalid", !!message);
    const wanted = options(place);
    const shown = JSON.stringify(wanted);
    if (place.shown !== shown) place.field?.update(wanted);
    place.shown = shown;
  }

  function judge(name: Name, place: Place): void {
    const { empty, complete, error } = place.value;
    place.error = empty ? "error_empty" : complete ? undefined : error ?? `error_${name}`;
    update(place);
  }

  async function load(): Promise<void> {
    state = "loading";
    element.ariaBusy = "true";
    try {
      provider ??= (await within(LOADING, "fields_slow", loadScripts(method)), connect(settings));
      await within(LOADING, "fields_slow", Promise.all([...places].map(mount)));
      state = "ready";
      trouble = "";
    } catch (error) {
      state = "failed";
      trouble = error instanceof Late ? error.message : "fields_missing";
    }
    element.ariaBusy = "false";
    notice.hidden = !trouble;
    notice.textContent = trouble && t(trouble);
    for (const place of places.values()) update(place);
  }

  function mount([name, place]: [Name, Place]): Promise<void> {
    const { box } = place;
    box.replaceChildren();
    place.value = { empty: true, complete: false };
    place.error = undefined;
    return new Promise((ready) => {
      const shown = options(place);
      place.shown = JSON.stringify(shown);
      place.field = provider!.mount(name, box, shown, {
        ready,
        change(value) {
          place.value = value;
          const mark = document.getElementById(`${method}-${name}-mark`);
          if (mark) mark.textContent = value.mark ?? "";
          // As long as it is wrong.
          if (place.error) judge(name, place);
        },
        focus: () => box.toggleAttribute("data-focused", true),
        blur() {
          box.toggleAttribute("data-focused", false);
          // Not at once: the message would push what a click is just meant for from under it.
          setTimeout(() => !place.value.empty && judge(name, place), CLICK);
        },
        submit: () => box.closest("form")?.requestSubmit(),
      });
    });
  }

  async function token(): Promise<Data> {
    let data: Data | undefined;
    try {
      data = await within(ANSWER, "fields_silent", provider!.token());
    } catch {
      throw new RefusedError(NOT_SENT, t("fields_silent"));
    }
    if (!data) throw new RefusedError(NOT_SENT, t("fields_refused"));
    return data;
  }

  return {
    element,
    offer(given = {}) {
      settings = given;
    },
    read() {
      if (state === "failed") return Promise.reject(new RefusedError(NOT_SENT, t(trouble)));
      if (state !== "ready") return undefined;
      for (const [name, place] of places) judge(name, place);
      const wrong = [...places.values()].find((place) => place.error);
      wrong?.field?.focus();
      return wrong ? undefined : token();
    },
    lock(now) {
      locked = now;
      for (const place of places.values()) update(place);
      if (!locked && (state === "empty" || state === "failed")) load();
    },
    clear(all) {
      for (const [name, { field }] of places) {
        if (all || name === "cvc") field?.clear();
      }
    },
  };
}

/** The provider's scripts, in their order. They stand in the page since the build. */
async function loadScripts(method: string): Promise<void> {
  const { content } = byId(`load-${method}`, HTMLTemplateElement);
  const scripts = [...document.importNode(content, true).querySelectorAll("script")];
  const loaded = scripts.map((script) => {
    script.async = false;
    return new Promise((resolve, reject) => {
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
    });
  });
  document.head.append(...scripts);
  await Promise.all(loaded);
}

/** Took too long; the message is the key of what is said about it. */
class Late extends Error {}

function within<T>(milliseconds: number, key: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Late(key)), milliseconds);
    work.then(resolve, reject);
  });
}
