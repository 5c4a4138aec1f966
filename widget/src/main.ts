/** Puts the parts of the page together. */

import { connectGateway } from "./gateway.ts";
import { frameStorage, openKeyStore } from "./keys.ts";
import { connectSeller } from "./seller.ts";
import { startSession } from "./session.ts";
import { readSettings } from "./settings.ts";
import { reportSize } from "./size.ts";
import { createPage } from "./view/page.ts";

const settings = readSettings();
const gateway = new URL(settings.gateway_url, location.href);
// The gateway shows the page, too: to buyers of handlers in form and checkout mode.
const seller = connectSeller(
  settings.allowed_sellers.length ? [...settings.allowed_sellers, gateway.origin] : [],
);
const page = createPage(settings);
// A page that the browser kept, and shows again when the buyer comes back, is loaded again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
startSession({
  seller,
  gateway: connectGateway(gateway.href, page.languages),
  page,
  keys: openKeyStore(frameStorage()),
});
reportSize(page.element, settings.size, seller.postSize);
