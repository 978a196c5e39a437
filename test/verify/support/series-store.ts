/** A series by its labels, `__name__` included. */
export type StoredSeries = Readonly<Record<string, string>>;

/**
 * Evaluates the small part of PromQL that verify writes: `count by (…) (selector)`, `label_replace` around it and `or`.
 * e2e compares it with Prometheus.
 */
export function evaluate(
  query: string,
  series: readonly StoredSeries[],
): { metric: StoredSeries; value: [number, string] }[] {
  const found = new Map<string, { metric: StoredSeries; value: [number, string] }>();
  for (const part of query.split(' or ')) {
    const [, inner, label, value] = /^label_replace\((.*), "(\w+)", "(\w*)", "", ""\)$/.exec(part) ?? [];
    for (const { metric, count } of counted(inner ?? part, series)) {
      const labels = label === undefined || value === undefined ? metric : { ...metric, [label]: value };
      const key = JSON.stringify(Object.entries(labels).sort());
      if (!found.has(key)) {
        found.set(key, { metric: labels, value: [0, String(count)] });
      }
    }
  }
  return [...found.values()];
}

function counted(query: string, series: readonly StoredSeries[]): { metric: StoredSeries; count: number }[] {
  const [, by = '', name = '', matchers = ''] = /^count by \(([^)]*)\) \((\w*)\{(.*)\}\)$/.exec(query) ?? [];
  if (by === '') {
    throw new Error(`this query is not known here: ${query}`);
  }
  const labels = by.split(', ');
  const wanted = [...matchers.matchAll(/(\w+)(=~?|!~)("(?:[^"\\]|\\.)*")/g)].map(
    ([, label = '', operator = '', text = '']) => {
      const value: string = JSON.parse(text);
      return operator === '='
        ? (each: StoredSeries) => (each[label] ?? '') === value
        : (each: StoredSeries) => new RegExp(`^(?:${value})$`).test(each[label] ?? '') === (operator === '=~');
    },
  );
  const groups = new Map<string, { metric: StoredSeries; count: number }>();
  for (const each of series) {
    if ((name === '' || each['__name__'] === name) && wanted.every((matches) => matches(each))) {
      const metric = Object.fromEntries(
        labels.flatMap((label) => (each[label] === undefined ? [] : [[label, each[label]]])),
      );
      const key = JSON.stringify(metric);
      const group = groups.get(key) ?? { metric, count: 0 };
      group.count += 1;
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
