const exit = () => process.exit(1);

/** Ends a worker of vitest with vitest: interrupted, vitest leaves it behind, and it leaves what it has started. */
export function endWithParent(): void {
  if (process.listenerCount('disconnect', exit) === 0) process.once('disconnect', exit);
}
