/** A collector's metrics of itself, as Prometheus reads them. */
export class OwnMetrics {
  private readonly lines: readonly string[];

  constructor(text: string) {
    this.lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  }

  /**
   * Sum over the series of a metric whose labels hold all of these, 0 when there are none: a counter appears when it
   * counts first.
   *
   * @param name without the suffix `_total`, which the collector writes or not
   */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return this.lines
      .filter((line) => /^(\w+?)(_total)?[{ ]/.exec(line)?.[1] === name)
      .filter((line) => wanted.every((pair) => line.includes(pair)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Names of all metrics. */
  get names(): string[] {
    return [...new Set(this.lines.map((line) => line.split(/[{ ]/, 1)[0] ?? ''))];
  }
}
