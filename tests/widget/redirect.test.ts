import assert from "node:assert/strict";
import redirect from "../../widget/src/methods/redirect.ts";

const step = (members: Record<string, unknown>) =>
  redirect().action!({ type: "redirect", ...members });

Deno.test("a redirect leads to the bank's page, in the frame or in the whole window", () => {
  for (const target of ["frame", "top"]) {
    const destination = { url: "https://bank.example/3ds?id=1", target };
    assert.deepEqual(step(destination), destination);
  }
});

Deno.test("a redirect that leads nowhere is no step", () => {
  const bank = "https://bank.example/";
  for (
    const members of [
      {},
      { url: bank },
      { target: "top" },
      { url: 1, target: "top" },
      { url: bank, target: "_blank" },
      { url: "/relative", target: "frame" },
      { url: "javascript:alert(1)", target: "top" },
      { url: "data:text/html,x", target: "frame" },
      { url: "file:///etc/passwd", target: "top" },
    ]
  ) assert.equal(step(members), undefined, JSON.stringify(members));
});
