// @ts-check
/**
 * A test that reproduces what is on the stage, with payframe's pytest plugin.
 *
 * @import { State } from "./state.js"
 */

/**
 * @param {State} state
 * @param {{ amount: string, currency: string, page: string, own: boolean }} payment
 */
export function asTest(state, { amount, currency, page, own }) {
  const theme = state["theme"] ?? "light";
  const marks = [`amount=${text(amount)}`, `currency=${text(currency)}`, `theme=${text(theme)}`];
  const lines = [];
  if (state["width"]) lines.push(`seller_page.resize(${Number(state["width"])})`);
  if (state["style"]) lines.push("seller_page.withhold_style()");
  const change = changes(state);
  if (change) lines.push(`seller_page.tamper(${text(change)})`);
  if (state["scheme"]) {
    lines.push(`seller_page.page.emulate_media(color_scheme=${text(state["scheme"])})`);
  }
  if (state["network"] === "offline") {
    lines.push('seller_page.page.route("**/payments**", lambda route: route.abort())');
  }
  lines.push("seller_page.open()");
  const url = own ? [] : [
    '@pytest.fixture(scope="session")',
    "def payframe_url():",
    `    return ${text(page)}`,
    "",
    "",
  ];
  return [
    "import pytest",
    "from payframe.testing import assert_no_findings",
    "",
    "",
    ...url,
    `@pytest.mark.payframe(${marks.join(", ")})`,
    "def test_payment_page(seller_page):",
    ...lines.map((line) => `    ${line}`),
    "    assert not seller_page.errors",
    "    assert_no_findings(seller_page)",
    "",
  ].join("\n");
}

/** JavaScript that changes the shop's message. @param {State} state */
function changes({ values, external, unknown }) {
  const system = "message.BX_SYSTEM_PARAMS";
  return [
    values &&
    `for (const name of ["SUM", "PAYMENT_ID", "PAYSYSTEM_ID"]) ${system}[name] = Number(${system}[name])`,
    external && `${system}.EXTERNAL_PAYMENT_ID = ${JSON.stringify(external)}`,
    unknown && 'message.BX_NEW_KEY = { list: ["1", "2"] }',
  ].filter(Boolean).join("; ");
}

/** A text of Python. @param {string} value */
const text = (value) =>
  value.includes('"') && !value.includes("'") && !value.includes("\\")
    ? `'${value}'`
    : JSON.stringify(value);
