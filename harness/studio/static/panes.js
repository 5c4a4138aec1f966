// @ts-check
/**
 * What stands on the stage: one window, or several side by side.
 *
 * @import { State } from "./state.js"
 */
import { shopAddress } from "./state.js";

const PHONE = 360;
const DESKTOP = 1024;

/**
 * @param {State} state
 * @param {number} payment its ID
 * @param {number} [before] the ID of the same payment through the page to compare with
 */
export function layOut(state, payment, before) {
  const width = Number(state["width"] ?? 0);
  const height = Number(state["height"] ?? 0);
  switch (state["beside"]) {
    case "widths":
      return [320, 768, 1280].map((width) => ({
        name: `${width} px`,
        address: shopAddress(payment, state),
        width,
        height: 0,
      }));
    case "themes":
      return ["light", "dark", "brand"].map((theme) => ({
        name: theme,
        address: shopAddress(payment, { ...state, theme }),
        width: width || PHONE,
        height: 0,
      }));
    case "pages":
      return [["before", before], ["now", payment]].flatMap(([name, id]) =>
        id
          ? [{
            name: `${name}`,
            address: shopAddress(Number(id), state),
            width: width || DESKTOP / 2,
            height: 0,
          }]
          : []
      );
    default:
      return [{ name: "", address: shopAddress(payment, state), width, height }];
  }
}
