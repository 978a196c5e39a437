import type { Manifest } from '../../../model/manifest.ts';
import { findSecrets, isSimpleName } from '../../../secrets/find-secrets.ts';
import { type FoundSecret, placedSecrets } from '../../../secrets/found-secret.ts';
import { nameMeaning } from '../../../secrets/secret-name.ts';
import { remembered } from '../../../text/remembered.ts';
import { isMapping, type Mapping, mappingAt, type Path, textAt } from '../../../yaml/value.ts';

/** A secret that stands in a file. */
export interface LiteralSecret {
  /** Name of the value that it is in. */
  readonly name: string;
  /** Name of the setting that it is in, within a longer text. */
  readonly within?: string | undefined;
  /** What it is, in words that do not show it. */
  readonly what: string;
  readonly path: Path;
  /** Line of a longer text that it is in, counted from 0. */
  readonly line?: number | undefined;
  /** Whether it stands in a program, where what looks like a setting may be an expression. */
  readonly mayBeCode: boolean;
}

export type SecretFinder = (name: string, text: string) => readonly FoundSecret[];

const noSecrets: readonly FoundSecret[] = [];

/** Looks through each name with its text once: most texts occur many times in a system. */
export function secretFinder(): SecretFinder {
  const known = new Map<string, Map<string, readonly FoundSecret[]>>();
  const isSimple = remembered(isSimpleName);
  return (name, text) => {
    if (nameMeaning(name) === undefined && isSimple(text)) {
      return noSecrets;
    }
    const texts = known.get(name) ?? new Map<string, readonly FoundSecret[]>();
    known.set(name, texts);
    const found = texts.get(text) ?? findSecrets(text, name);
    texts.set(text, found);
    return found;
  };
}

/** The secrets among all texts below a value. */
export function secretsBelow(value: unknown, find: SecretFinder): LiteralSecret[] {
  const found: LiteralSecret[] = [];
  collect(value, '', [], find, found);
  return found;
}

/** A large system has millions of values; what is found goes into one list. */
function collect(value: unknown, name: string, path: (string | number)[], find: SecretFinder, found: LiteralSecret[]) {
  if (typeof value === 'string') {
    add(secretsOf(name, value, path, find), found);
  } else if (typeof value === 'number') {
    add(nameMeaning(name)?.noun === 'password' ? secretsOf(name, String(value), path, find) : none, found);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      collect(value[index], flagBefore(value, index) ?? name, path, find, found);
      path.pop();
    }
  } else if (isMapping(value)) {
    for (const key of Object.keys(value)) {
      path.push(key);
      collect(value[key], nameOf(value, key, name), path, find, found);
      path.pop();
    }
  }
}

/** In a list of arguments the value of a flag is the next entry. */
function flagBefore(list: readonly unknown[], index: number): string | undefined {
  const [before, value] = [list[index - 1], list[index]];
  const isValue =
    typeof before === 'string' &&
    /^--?[a-z][\w.-]*$/i.test(before) &&
    !(typeof value === 'string' && value.startsWith('-'));
  return isValue ? before : undefined;
}

function add(some: readonly LiteralSecret[], all: LiteralSecret[]): void {
  for (const secret of some) {
    all.push(secret);
  }
}

/** Keys that say nothing of what they hold. */
const isGeneral = (key: string): boolean =>
  key === 'value' || key === 'default' || key === 'plaintext' || key === 'literal';

/** In `name: PASSWORD, value: x`, and in `password: { value: x }`, the value has the name beside or above it. */
function nameOf(mapping: Mapping, key: string, above: string): string {
  if (!isGeneral(key)) {
    return key;
  }
  const beside = [mapping['name'], mapping['key'], mapping['header']].find((name) => typeof name === 'string');
  return typeof beside === 'string' ? beside : nameMeaning(above) === undefined ? key : above;
}

function secretsOf(name: string, text: string, path: Path, find: SecretFinder): readonly LiteralSecret[] {
  const found = find(name, text);
  const [first] = found;
  if (first === undefined) {
    return none;
  }
  if (!text.trimEnd().includes('\n')) {
    return [{ name, what: first.what, path: [...path], mayBeCode: false }];
  }
  const isProgram = found.some(({ byForm }) => !byForm) && program.test(text);
  return placedSecrets(text, found)
    .filter(({ line }, index, all) => line !== all[index - 1]?.line)
    .map(({ secret: { name: within, what, byForm }, line }) => ({
      ...{ name, within, what, path: [...path], line },
      mayBeCode: isProgram && !byForm,
    }));
}

const none: readonly LiteralSecret[] = [];

const program =
  /^#!|^[ \t]*(?:def|class|import|from|function|const|let|var|return|public|private|func|package|require|local|if|for|while|elif|fi|done|esac|try|except)\b/m;

/** The secrets that a Secret holds, decoded. */
export const secretsOfSecret = (manifest: Manifest, find: SecretFinder): LiteralSecret[] =>
  ['stringData', 'data'].flatMap((part) =>
    Object.keys(mappingAt(manifest.value, part)).flatMap((key) =>
      find(key, secretText(manifest, key) ?? '')
        .slice(0, 1)
        .map(({ what }): LiteralSecret => ({ name: key, what, path: [part, key], mayBeCode: false })),
    ),
  );

/** What a key of a Secret holds, for judging it; it must reach no message. */
export function secretText({ value }: Manifest, key: string): string | undefined {
  const encoded = textAt(value, 'data', key);
  return (
    textAt(value, 'stringData', key) ??
    (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8'))
  );
}
