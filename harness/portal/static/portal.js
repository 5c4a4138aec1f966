// The view follows what happens, as long as somebody looks at it; and copies code.

const PAUSE = 1_500;
/** Of each part that follows, as the server last wrote it: what a reader has opened stays so. */
const written = new Map();

for (const part of document.querySelectorAll("[data-follow]")) written.set(part.id, part.innerHTML);

async function look() {
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const [id, before] of written) {
      const now = fresh.getElementById(id).innerHTML;
      if (now === before) continue;
      written.set(id, now);
      replace(document.getElementById(id), now);
    }
  } catch {
    // The server is away: it may come back.
  }
}

/** Focus stays where it was, on a link that is still there. */
function replace(part, html) {
  const focused = part.contains(document.activeElement) &&
    document.activeElement.getAttribute("href");
  part.innerHTML = html;
  if (focused) {
    part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

async function follow() {
  if (!document.hidden) await look();
  setTimeout(follow, PAUSE);
}

if (written.size) setTimeout(follow, PAUSE);

document.querySelector(".filters")?.addEventListener("change", ({ currentTarget, target }) => {
  if (target.matches("select")) currentTarget.requestSubmit();
});

document.addEventListener("click", async ({ target }) => {
  if (!(target instanceof Element) || !target.matches("[data-copy]")) return;
  await navigator.clipboard.writeText(target.nextElementSibling.textContent);
  target.textContent = "Copied";
});
