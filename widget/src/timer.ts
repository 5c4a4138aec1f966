/** Calls `run` after so many milliseconds, unless `signal` is aborted before. */
export type Timer = (milliseconds: number, run: () => void, signal: AbortSignal) => void;

export const startTimer: Timer = (milliseconds, run, signal) => {
  const timer = setTimeout(run, milliseconds);
  signal.addEventListener("abort", () => clearTimeout(timer));
};
