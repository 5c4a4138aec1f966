// Stands in for the script that portals offer to applications, written from its documentation:
// global BX24, which asks the portal's page around the frame, and calls its REST by itself.
(() => {
  "use strict";

  const [domain, protocol, sid] = (globalThis.name || "").split("|");
  const origin = `${protocol === "1" ? "https" : "http"}://${domain}`;
  const waiting = new Map();
  let state = null;
  let expires = 0;
  let starting = null;
  let number = 0;

  function ask(command, params, callback) {
    const id = `bx24_${++number}`;
    const done = new Promise((resolve) => waiting.set(id, resolve));
    const given = params === undefined ? "" : JSON.stringify(params);
    parent.postMessage(`${command}:${given}:${id}:${sid}`, origin);
    return done.then((result) => {
      callback?.(result);
      return result;
    });
  }

  addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== origin) return;
    if (typeof event.data !== "string") return;
    const [id, ...rest] = event.data.split(":");
    const resolve = waiting.get(id);
    if (!resolve) return;
    waiting.delete(id);
    resolve(rest.length ? JSON.parse(rest.join(":")) : undefined);
  });

  function keepAuth(data) {
    state = { ...state, ...data };
    expires = Date.now() + Number(state.AUTH_EXPIRES) * 1000;
  }

  function start() {
    starting ??= ask("getInitData").then(keepAuth);
    return starting;
  }

  async function refresh() {
    keepAuth(await ask("refreshAuth"));
  }

  // As PHP reads it: { a: { b: [1] } } is a[b][0]=1.
  function pairs(value, name = "") {
    if (value === null || value === undefined) return [];
    if (typeof value !== "object") {
      const text = typeof value === "boolean" ? Number(value) : value;
      return [[name, String(text)]];
    }
    return Object.entries(value).flatMap(([key, item]) =>
      pairs(item, name ? `${name}[${key}]` : key)
    );
  }

  async function post(method, params, again = true) {
    await start();
    if (expires <= Date.now()) await refresh();
    const body = new URLSearchParams(pairs({ ...params, auth: state.AUTH_ID }));
    const url = `${origin}${state.PATH}/${method}.json`;
    const response = await fetch(url, { method: "POST", body });
    const content = await response.json();
    if (content.error === "expired_token" && again) {
      await refresh();
      return post(method, params, false);
    }
    return { content, status: response.status };
  }

  class Failure {
    constructor(content, status) {
      this.status = status;
      this.ex = { error: content.error, error_description: content.error_description };
    }

    getError() {
      return this.ex;
    }

    getStatus() {
      return this.status;
    }

    toString() {
      const { error, error_description: text } = this.ex;
      return `${error}${text ? `: ${text}` : ""} (${this.status})`;
    }
  }

  class Result {
    constructor(content, status, query, callback) {
      this.answer = content;
      this.status = status;
      this.query = query;
      this.callback = callback;
    }

    data() {
      return this.answer.result;
    }

    error() {
      return this.answer.error ? new Failure(this.answer, this.status) : undefined;
    }

    error_description() {
      return this.answer.error_description;
    }

    time() {
      return this.answer.time;
    }

    total() {
      return Number(this.answer.total);
    }

    more() {
      return Number.isFinite(Number(this.answer.next ?? NaN));
    }

    next(callback) {
      if (!this.more()) return false;
      const { method, data } = this.query;
      BX24.callMethod(method, { ...data, start: this.answer.next }, callback ?? this.callback);
      return true;
    }
  }

  function command(call) {
    const [method, params] = Array.isArray(call) ? call : [call.method, call.params];
    return { method, params: params ?? {} };
  }

  function results(calls, batch, status) {
    const entry = (key) => {
      const { method, params } = command(calls[key]);
      const failed = batch.result_error?.[key];
      const content = failed ?? {
        result: batch.result?.[key],
        total: batch.result_total?.[key],
        next: batch.result_next?.[key],
        time: batch.result_time?.[key],
      };
      return [key, new Result(content, status, { method, data: params })];
    };
    const entries = Object.keys(calls).map(entry);
    return Array.isArray(calls) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  }

  function scrollSize() {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { scrollWidth, scrollHeight };
  }

  function auth() {
    if (!state || expires <= Date.now()) return false;
    return {
      access_token: state.AUTH_ID,
      refresh_token: state.REFRESH_ID,
      expires_in: expires,
      domain: state.DOMAIN,
      member_id: state.MEMBER_ID,
    };
  }

  function optionsOf(command, kept) {
    return {
      set(name, value, callback) {
        state[kept][name] = value;
        ask(command, { name, value }, callback);
      },
      get: (name) => state[kept][name],
    };
  }

  function whenReady(callback) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", callback, { once: true });
    } else {
      callback();
    }
  }

  const BX24 = {
    init(callback) {
      start().then(() => whenReady(() => callback?.()));
    },
    install(callback) {
      BX24.init(() => {
        if (!state.INSTALL) return;
        if (typeof callback === "string") globalThis[callback]?.();
        else callback?.();
      });
    },
    installFinish: () => ask("setInstallFinish"),
    getAuth: auth,
    refreshAuth(callback) {
      refresh().then(() => callback?.(auth()));
    },
    callMethod(method, params, callback) {
      const query = { method, data: params ?? {} };
      post(method, query.data).then(({ content, status }) => {
        callback?.(new Result(content, status, query, callback));
      });
    },
    callBatch(calls, callback, halt = false) {
      const cmd = Object.fromEntries(
        Object.entries(calls).map(([key, call]) => {
          const { method, params } = command(call);
          return [key, `${method}?${new URLSearchParams(pairs(params))}`];
        }),
      );
      post("batch", { halt: halt ? 1 : 0, cmd }).then(({ content, status }) => {
        callback?.(
          content.error
            ? new Result(content, status, { method: "batch" })
            : results(calls, content.result, status),
        );
      });
    },
    isAdmin: () => state.IS_ADMIN,
    getLang: () => state?.LANG ?? "en",
    getDomain: () => domain,
    resizeWindow: (width, height, callback) => ask("resizeWindow", { width, height }, callback),
    fitWindow: (callback) =>
      ask("resizeWindow", { width: "100%", height: scrollSize().scrollHeight }, callback),
    getScrollSize: scrollSize,
    setTitle: (title, callback) => ask("setTitle", { title }, callback),
    scrollParentWindow: (scroll, callback) => ask("setScroll", { scroll }, callback),
    reloadWindow: (callback) => ask("reloadWindow", {}, callback),
    closeApplication: (callback) => ask("closeApplication", {}, callback),
    openApplication: (params, callback) => ask("openApplication", params ?? {}, callback),
    openPath: (path, callback) => ask("openPath", { path }, callback),
    appOption: optionsOf("setAppOption", "APP_OPTIONS"),
    userOption: optionsOf("setUserOption", "USER_OPTIONS"),
    placement: {
      info: () => ({ placement: state.PLACEMENT, options: state.PLACEMENT_OPTIONS }),
    },
    ready: whenReady,
    isReady: () => document.readyState !== "loading",
    proxy: (method, object) => method.bind(object),
    proxyContext: () => globalThis,
    bind: (element, event, callback) => element.addEventListener(event, callback),
    unbind: (element, event, callback) => element.removeEventListener(event, callback),
    loadScript(sources, callback) {
      const loaded = [sources].flat().map((source) =>
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.src = source;
          script.onload = resolve;
          document.head.append(script);
        })
      );
      Promise.all(loaded).then(() => callback?.());
    },
  };
  globalThis.BX24 = BX24;
})();
