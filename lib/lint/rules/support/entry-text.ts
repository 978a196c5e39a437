import { type EnvTarget, findEnv } from './env-text.ts';

/** A new entry of `env`. */
export type NewEntry = { readonly name: string } & ({ readonly value: string } | { readonly fieldPath: string });

/**
 * Adds an entry in the style of those that are there.
 *
 * @param before name of the entry that it is put before
 * @default before - it becomes the last
 */
export function insertEntry(text: string, target: EnvTarget, entry: NewEntry, before?: string): string {
  const env = findEnv(text, target);
  const sample = env?.entries.findLast(({ name }) => before === undefined || name === before);
  if (env === undefined || sample === undefined) {
    return text;
  }
  const at = before === undefined ? sample.end : sample.start;
  if (env.flow) {
    const written = JSON.stringify(objectOf(entry)).replaceAll(/([:,])(?=["{])/g, '$1 ');
    return text.slice(0, at) + (before === undefined ? `, ${written}` : `${written}, `) + text.slice(at);
  }
  const start = sample.node.range?.[0] ?? 0;
  const dash = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (!/^\s*-\s+$/.test(dash)) {
    return text;
  }
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = linesOf(entry).map((line, index) => (index === 0 ? dash : ' '.repeat(dash.length)) + line + lineEnd);
  const missing = at === 0 || text[at - 1] === '\n' ? '' : lineEnd;
  return text.slice(0, at) + missing + lines.join('') + text.slice(at);
}

const objectOf = (entry: NewEntry): unknown =>
  'value' in entry ? entry : { name: entry.name, valueFrom: { fieldRef: { fieldPath: entry.fieldPath } } };

const linesOf = (entry: NewEntry): string[] =>
  'value' in entry
    ? [`name: ${entry.name}`, `value: ${entry.value}`]
    : [`name: ${entry.name}`, 'valueFrom:', '  fieldRef:', `    fieldPath: ${entry.fieldPath}`];
