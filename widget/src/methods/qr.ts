/** The method "qr": a code that the buyer scans with a banking app. */

import { formatTime } from "../locale.ts";
import { copyButton } from "../view/copy.ts";
import { create } from "../view/dom.ts";
import type { Language, Method } from "../view/method.ts";

/** Modules of white around the code, without which scanners do not find it (ISO/IEC 18004). */
const QUIET_ZONE = 4;
const SVG = "http://www.w3.org/2000/svg";

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
    const svg = document.createElementNS(SVG, "svg");
    const whole = size + 2 * QUIET_ZONE;
    svg.setAttribute("viewBox", `${-QUIET_ZONE} ${-QUIET_ZONE} ${whole} ${whole}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", t("qr_code"));
    const modules = document.createElementNS(SVG, "path");
    modules.setAttribute("d", path);
    svg.append(modules);
    return svg;
  }
}

/** Path data and nothing else, of a length that a code can have. */
function isPath(value: unknown): value is string {
  return typeof value === "string" && value.length < 65_536 && /^[MmHhVvLlZz\d\s.,-]+$/.test(value);
}

/** Modules on a side. */
function isSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 1000;
}
