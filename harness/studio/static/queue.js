// @ts-check
/**
 * Does one thing after the other, so that no late answer undoes what was asked for after it.
 *
 * @returns {(work: () => Promise<void>) => Promise<void>}
 */
export function queue() {
  let last = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}
