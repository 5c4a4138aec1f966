/** The method "qr": a code that the buyer scans with a banking app. */

import { formatTime } from "../locale.ts";
import { copyButton } from "../view/copy.ts";
import { create } from "../view/dom.ts";
import type { Language, Method } from "../view/method.ts";

/** Modules of white around the code, without which scanners do not find it (ISO/IEC 18004). */
const QUIET_ZONE = 4;

export default function qr({ t, locale }: Language): Method {
  return {
    button: "pay_qr",
    action({ text, path, size, expires_at }) {
      if (!isPath(path) || !isSize(size) || typeof text !== "string") return undefined;
      const left = create("p", { className: "quiet", role: "timer" });
      const element = create(
        "div",
        { className: "qr" },
        drawing(path, size),
        copyButton(t, t("qr_code"), text),
        left,
      );
      const end = typeof expires_at === "string" ? Date.parse(expires_at) : NaN;
      const tick = () => {
        const seconds = Math.max(0, (end - Date.now()) / 1000);
        left.textContent = t("time_left", { time: formatTime(seconds, locale()) });
      };
      if (end) {
        tick();
        const timer = setInterval(() => element.isConnected ? tick() : clearInterval(timer), 1000);
      }
      return element;
    },
  };

  function drawing(path: string, size: number): Element {
    const whole = size + 2 * QUIET_ZONE;
    const svg = shape("svg", {
      viewBox: `${-QUIET_ZONE} ${-QUIET_ZONE} ${whole} ${whole}`,
      role: "img",
      "aria-label": t("qr_code"),
    });
    svg.append(shape("path", { d: path }));
    return svg;
  }
}

function shape(tag: string, attributes: Readonly<Record<string, string>>): Element {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Path data and nothing else, of a length that a code can have. */
function isPath(value: unknown): value is string {
  return typeof value === "string" && value.length < 65_536 && /^[MmHhVvLlZz\d\s.,-]+$/.test(value);
}

/** Modules on a side. */
function isSize(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < 1000;
}
