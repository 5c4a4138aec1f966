export { cardView as default } from "../view/card.ts";
