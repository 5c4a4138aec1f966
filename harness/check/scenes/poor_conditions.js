// @ts-check
// Runs first in the frame's document, which can then store nothing.
(() => {
  if (window === top) return;
  const refuse = () => {
    throw new DOMException("Access is denied for this document.", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
    Object.defineProperty(window, name, { get: refuse });
  }
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {} });
})();
