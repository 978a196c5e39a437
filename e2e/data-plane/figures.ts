/** Says what was measured, where whoever reads the output of the tests finds it. */
export function figures(title: string, values: Readonly<Record<string, string | number>>): void {
  const line = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  process.stderr.write(`figures: ${title}: ${line.join(', ')}\n`);
}
