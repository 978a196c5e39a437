const every = 30_000;

/** Minutes and seconds since a moment that `performance.now()` told. */
export function elapsed(since: number): string {
  const seconds = Math.round((performance.now() - since) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** One line of progress: standard output stays free for results. */
export function say(line: string): void {
  process.stderr.write(`parts: ${line}\n`);
}

/** Says that long work begins, how far it is every half minute, and when it is done. */
export async function withProgress(title: string, minutes: number, work: () => Promise<void>): Promise<void> {
  const since = performance.now();
  const expected = `about ${minutes} min from nothing`;
  say(`${title}: building, ${expected}`);
  const timer = setInterval(() => say(`${title}: building for ${elapsed(since)}, ${expected}`), every);
  try {
    await work();
    say(`${title}: built in ${elapsed(since)}`);
  } finally {
    clearInterval(timer);
  }
}
