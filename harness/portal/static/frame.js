// The portal's page around an application: shows it in a frame and answers what it asks.
// A request is `COMMAND:PARAMETERS:ID:APP_SID` (PARAMETERS may be missing), its answer `ID:JSON`.

const asked = new URLSearchParams(location.search);
const page = new URL(asked.get("url"));
const frame = document.createElement("iframe");

async function initial() {
  const response = await fetch(`/portal/app/initial${location.search}`, { method: "POST" });
  if (!response.ok) throw new Error(`The portal gives no token: ${response.status}`);
  return await response.json();
}

function size(value) {
  return typeof value === "number" || /^\d+$/.test(value) ? `${value}px` : String(value);
}

let installed = asked.get("install") !== "1";
const options = { app: {}, user: {} };

const commands = {
  async getInitData() {
    const data = { ...await initial(), APP_OPTIONS: options.app, USER_OPTIONS: options.user };
    return { ...data, INSTALL: !installed };
  },
  async refreshAuth() {
    const { AUTH_ID, REFRESH_ID, AUTH_EXPIRES } = await initial();
    return { AUTH_ID, REFRESH_ID, AUTH_EXPIRES };
  },
  setInstall: () => true,
  setInstallFinish() {
    installed = true;
    return true;
  },
  setAppOption({ name, value }) {
    options.app[name] = value;
    return options.app;
  },
  setUserOption({ name, value }) {
    options.user[name] = value;
    return options.user;
  },
  resizeWindow({ width, height }) {
    frame.style.width = size(width);
    frame.style.height = size(height);
    return { width: frame.clientWidth, height: frame.clientHeight };
  },
  setTitle({ title }) {
    document.getElementById("title").textContent = title;
    return true;
  },
  setScroll({ scroll }) {
    scrollTo(0, Number(scroll));
    return true;
  },
  reloadWindow() {
    location.reload();
    return true;
  },
  closeApplication() {
    frame.remove();
    return true;
  },
};

function parse(text) {
  const parts = text.split(":");
  const [id, sid] = parts.slice(-2);
  const given = parts.slice(1, -2).join(":");
  return { command: parts[0], params: given ? JSON.parse(given) : {}, id, sid };
}

async function answer(event, sid) {
  if (event.source !== frame.contentWindow || event.origin !== page.origin) return;
  if (typeof event.data !== "string") return;
  const request = parse(event.data);
  if (request.sid !== sid) return;
  const command = Object.hasOwn(commands, request.command) ? commands[request.command] : null;
  if (!command) console.warn(`payframe's portal does not know ${request.command}`);
  const result = command ? await command(request.params) : false;
  event.source?.postMessage(`${request.id}:${JSON.stringify(result)}`, page.origin);
}

// As portals open an application: its server reads the token from the form.
function post(data) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = page.href;
  form.target = frame.name;
  const { AUTH_ID, AUTH_EXPIRES, REFRESH_ID, MEMBER_ID, PLACEMENT, PLACEMENT_OPTIONS } = data;
  const fields = {
    AUTH_ID,
    AUTH_EXPIRES,
    REFRESH_ID,
    member_id: MEMBER_ID,
    status: "L",
    PLACEMENT,
    PLACEMENT_OPTIONS: JSON.stringify(PLACEMENT_OPTIONS),
  };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

const data = await initial();
const { DOMAIN, PROTOCOL, LANG, APP_SID } = data;
addEventListener("message", (event) => answer(event, APP_SID));
for (const [name, value] of Object.entries({ DOMAIN, PROTOCOL, LANG, APP_SID })) {
  page.searchParams.set(name, value);
}
frame.className = "application";
frame.title = document.title;
frame.name = [DOMAIN, PROTOCOL, APP_SID].join("|");
document.getElementById("application").append(frame);
if (asked.get("post") === "1") post(data);
else frame.src = page.href;
