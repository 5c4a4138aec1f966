/** The method "transfer": the buyer sends the money from a bank account, with the details shown. */

import { hasTexts } from "../guards.ts";
import { copyButton } from "../view/copy.ts";
import { create } from "../view/dom.ts";
import type { Language, Method } from "../view/method.ts";

interface Line {
  readonly label: string;
  readonly value: string;
}

export default function transfer({ t }: Language): Method {
  return {
    button: "pay_transfer",
    action({ lines }) {
      if (
        !Array.isArray(lines) || !lines.length ||
        !lines.every((line) => hasTexts(line, "label", "value"))
      ) return undefined;
      const list = create("dl", { className: "lines" });
      for (const { label, value } of lines as Line[]) {
        list.append(
          create(
            "div",
            {},
            create("dt", {}, create("bdi", {}, label)),
            create("dd", {}, create("bdi", {}, value), copyButton(t, label, value)),
          ),
        );
      }
      return list;
    },
  };
}
