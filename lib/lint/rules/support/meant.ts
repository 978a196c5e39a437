import { otherFieldNames, otherKeyNames, otherPresetNames } from '../../../chart/schema/other-names.ts';
import { presets } from '../../../chart/schema/presets/index.ts';
import { didYouMean } from '../../../text/did-you-mean.ts';
import { quoted } from '../../../text/quoted.ts';
import { type Path, textAt } from '../../../yaml/value.ts';

/** What was meant by a key that a sub-chart does not know. */
export interface MeantName {
  readonly suggestion: string;
  /** Undefined where the key belongs somewhere else, or nothing resembles it. */
  readonly key: string | undefined;
  /** Whether it is known to be another name for the same, rather than one of similar letters. */
  readonly isCertain: boolean;
}

/** @param path of the key in the values of the sub-chart */
export function keyMeant(path: Path, known: readonly string[]): MeantName {
  const key = String(path.at(-1));
  const preset = otherPresetNames.get(key) ?? key;
  if (path.length === 1 && Object.hasOwn(presets.keys, preset)) {
    return { suggestion: `write it below presets: ${preset}`, key: undefined, isCertain: false };
  }
  const other = otherName(path);
  const meant = other ?? didYouMean(key, known);
  const listed = known.length <= 12 ? `, the keys there are ${known.join(', ')}` : '';
  return {
    suggestion: meant === undefined ? `remove it${listed}` : `write: ${meant}`,
    key: meant,
    isCertain: other !== undefined,
  };
}

function otherName(path: Path): string | undefined {
  const [first, second] = path;
  if (path.length === 1) {
    return otherKeyNames.get(String(first));
  }
  if (first !== 'presets') {
    return undefined;
  }
  return path.length === 2 ? otherPresetNames.get(String(second)) : otherFieldNames.get(path.slice(1).join('.'));
}

/** ` and is "x"`; nothing for what is too long to show. */
export function shownValue(value: unknown, path: Path): string {
  const text = textAt(value);
  if (text === undefined) {
    return '';
  }
  const shown = quoted(text, String(path.at(-1)));
  return ` and is ${typeof value === 'string' ? shown : shown.slice(1, -1)}`;
}

/** What to write instead of a value of the wrong kind. */
export function valueMeant(value: unknown, expected: string, path: Path): string {
  const text = textAt(value);
  if (text === undefined) {
    return `write ${expected}`;
  }
  if (expected === 'text') {
    return `write it in quotes: ${quoted(text, String(path.at(-1)))}`;
  }
  if (expected === 'true or false' && /^(true|false)$/i.test(text)) {
    return `write it without quotes: ${text.toLowerCase()}`;
  }
  const choices = /^one of (.*)$/.exec(expected)?.[1]?.split(', ') ?? [];
  const meant = didYouMean(text, choices);
  return meant === undefined ? `write ${expected}` : `write: ${meant}`;
}
