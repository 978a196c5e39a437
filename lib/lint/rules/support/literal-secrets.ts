import type { Manifest } from '../../../model/manifest.ts';
import type { Path } from '../../../model/source/path.ts';
import { isMapping, mappingAt } from '../../../model/value.ts';
import { isKeyName } from '../../../secrets/secret-name.ts';
import type { Leak, LeakJudge } from './leak.ts';
import { secretText } from './secret-text.ts';

/** A secret that stands in a file, with the name that it has there. */
export interface LiteralSecret {
  readonly name: string;
  readonly leak: Leak;
  readonly path: Path;
  /** Line of a longer text that it is in, counted from 0. */
  readonly line?: number;
}

/** The secrets among all texts below a value; of an entry with `name` and `value`, the value has that name. */
export function secretsBelow(value: unknown, judge: LeakJudge, name = ''): LiteralSecret[] {
  if (typeof value === 'string') {
    return value.trimEnd().includes('\n') ? secretsOfLines(value, judge) : secretOf(name, value, judge);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => below(index, secretsBelow(item, judge, name)));
  }
  if (!isMapping(value)) {
    return [];
  }
  const entry = typeof value['name'] === 'string' ? value['name'] : undefined;
  return Object.entries(value).flatMap(([key, item]) =>
    below(key, secretsBelow(item, judge, key === 'value' ? (entry ?? key) : key)),
  );
}

const below = (step: string | number, found: readonly LiteralSecret[]): LiteralSecret[] =>
  found.map((secret) => ({ ...secret, path: [step, ...secret.path] }));

function secretOf(name: string, text: string, judge: LeakJudge): LiteralSecret[] {
  const leak = judge(name, text);
  return leak === undefined ? [] : [{ name, leak, path: [] }];
}

const settingName = /^\s*(?:-\s+|export\s+)?["']?([\w.-]+)["']?\s*[:=]\s*["']?/;

/** The name and the value of a line such as `- name: "value",`. */
function setting(line: string): readonly [name: string, value: string] {
  const found = settingName.exec(line);
  if (found === null) {
    return ['', line];
  }
  const value = line.slice(found[0].length).trimEnd().replace(/,$/, '');
  return [found[1] ?? '', value.replace(/["']$/, '')];
}

/** Settings in a longer text, such as a file in a ConfigMap: `name: value`, `name = value`. */
const secretsOfLines = (text: string, judge: LeakJudge): LiteralSecret[] =>
  text.split('\n').flatMap((content, line) => {
    const [name, value] = setting(content);
    const found = secretOf(name, value, judge).map((secret) => ({ ...secret, line }));
    // Text of all kinds has identifiers that look drawn.
    return found.filter(({ leak }) => leak.byForm || isKeyName(name));
  });

/** The secrets that a Secret holds, decoded. */
export const secretsOfSecret = (manifest: Manifest, judge: LeakJudge): LiteralSecret[] =>
  ['stringData', 'data'].flatMap((part) =>
    Object.keys(mappingAt(manifest.value, part)).flatMap((key) =>
      secretOf(key, secretText(manifest, key) ?? '', judge).map((secret) => ({ ...secret, path: [part, key] })),
    ),
  );
