export { redirectView as default } from "../view/redirect.ts";
