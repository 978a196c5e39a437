import type { FoundSecret } from './found-secret.ts';
import { isLiteralSecret } from './literal-value.ts';
import { sqlPassword } from './passwords.ts';
import { isProse } from './prose.ts';
import { type NameMeaning, nameMeaning } from './secret-name.ts';
import { type SettingValue, SettingValues, type ValuePlace } from './setting-value.ts';

/** Every name of a secret has one of these in it. */
const hints = /pass|pwd|pw|psk|pswd|token|secret|cred|key|auth|salt|cookie|team|signature|sig=|identified/gi;

const longestName = 120;

/** The beginning of a value shows whether it is a secret. */
const longestJudged = 1024;

/** How much before a name shows what kind of text it stands in. */
const lookedBack = 80;

const separator = /\\{0,3}["'`]?\]?[ \t]{0,40}(=>|:=|:-|=(?![=~])|:(?![:?+]|\/\/))/y;

/** `--token TOKEN`, `"--token", "TOKEN"`, and both as entries of a list in YAML. */
const afterFlag =
  /[ \t]{1,20}(?=[^\s-])|\\{0,3}["'][ \t]{0,4},\s{0,80}(?=\\{0,3}["'])|\\{0,3}["']?[ \t]{0,20}\r?\n[ \t]{0,100}-[ \t]{1,20}(?=[^\s-])/y;

/** From the name in `name: PASSWORD` to the value beside it: YAML, JSON, attributes and elements of XML. */
const valueBeside =
  /\\{0,3}["']?\s{0,4},?\s{0,120}(?:<\/\w{1,20}>\s{0,80}<)?\\{0,3}["']?(?:value|val|default)\\{0,3}["']?[ \t]{0,4}(?:[:=]|>)|["']\s{0,4}>/iy;

/** `getenv("PASSWORD", "default")`, `define('PASSWORD', 'value')`. */
const isArgument = /\w\(\s{0,4}\\{0,3}["']$/;

const nextArgument = /\\{0,3}["']\s{0,4},\s{0,20}(?=\\{0,3}["'])/y;

const isNameOf =
  /(?:^|[\s{,<("'\\-])(?:name|key|param|parameter|property)\\{0,3}["']?\s{0,4}[:=>]\s{0,4}\\{0,3}["']?$/i;

const lineBegins =
  /(?:^|\n)[ \t]*(?:(?:[-*]|export|set|setx|env|arg|local|readonly|declare(?: -\w{1,4})?)[ \t]+)*(?:\\{0,3}["'])?$/i;

const comment = /(?:^|\n)[ \t]*(?:#|\/\/|;|--[ \t])[^\n]*$/;

const kinds: Readonly<Record<NameMeaning['noun'], string>> = {
  password: 'a password',
  token: 'a token',
  secret: 'a secret',
  key: 'a key',
};

/** A name in a text, with what is before it. */
interface Name {
  readonly written: string;
  readonly start: number;
  readonly end: number;
  /** With the dashes of a flag. */
  readonly isFlag: boolean;
  readonly before: string;
}

/**
 * The secrets that stand in a text under a name: in settings of all kinds (YAML, JSON, TOML, properties, XML), connection
 * strings, headers, queries of URLs, arguments of commands and SQL. Settings within settings are found too.
 */
export function secretSettings(text: string): FoundSecret[] {
  const values = new SettingValues(text);
  const found: FoundSecret[] = [];
  let from = 0;
  hints.lastIndex = 0;
  for (let hint = hints.exec(text); hint !== null; hint = hints.exec(text)) {
    const name = nameAt(text, hint.index, from);
    const setting = settingOf(text, name, values);
    if (setting !== undefined) {
      found.push(setting);
    }
    from = Math.max(setting?.end ?? 0, name.end, hint.index + 1);
    hints.lastIndex = from;
  }
  return found;
}

function nameAt(text: string, hint: number, from: number): Name {
  let start = hint;
  while (start > from && hint - start < longestName && isOfName(text.charCodeAt(start - 1))) {
    start -= 1;
  }
  let end = hint;
  while (end < text.length && isOfName(text.charCodeAt(end))) {
    end += 1;
  }
  const raw = text.slice(start, Math.min(end, hint + longestName));
  const written = raw.replace(/^[-.]+/, '').replace(/[-.]{1,4}$/, '');
  const begins = start + raw.indexOf(written);
  return {
    written,
    start: begins,
    end: end - start > raw.length ? end : begins + written.length,
    isFlag: begins > start && text[begins - 1] === '-' && /^$|[\s"'[(,=]/.test(text.charAt(start - 1)),
    before: text.slice(Math.max(0, begins - lookedBack), begins),
  };
}

/** Letters, digits, `_`, `-` and `.`. */
const isOfName = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 45 ||
  code === 46;

function settingOf(text: string, name: Name, values: SettingValues): FoundSecret | undefined {
  const meaning = meaningAt(text, name);
  // The user of a URL, and what sums a Secret up.
  if (/(?::\/\/|checksum\/)$/.test(name.before)) {
    return undefined;
  }
  const sql = sqlPassword(text, name, values);
  if (sql !== undefined) {
    return found(text, name, sql, { noun: 'password', holds: 'any', mayRefer: false });
  }
  return meaning === undefined ? undefined : found(text, name, settingValue(text, name, values), meaning);
}

function found(
  text: string,
  name: Name,
  value: SettingValue | undefined,
  meaning: NameMeaning,
): FoundSecret | undefined {
  if (value === undefined) {
    return undefined;
  }
  const written = text.slice(value.start, Math.min(value.end, value.start + longestJudged));
  if (!isLiteralSecret(written, meaning) || (!value.isQuoted && isCode(written, meaning)) || isSample(name, written)) {
    return undefined;
  }
  const isBehindColon = !value.isQuoted && /:[ \t]$/.test(text.slice(value.start - 2, value.start));
  if (isBehindColon && isProse(written, restOfLine(text, value.end), name)) {
    return undefined;
  }
  const scheme = /^(?:bearer|basic|token|apikey|splunk)(?:\s|%20|\+)+/i.exec(written)?.[0].length ?? 0;
  const { start, end } = value;
  return { what: kinds[meaning.noun], name: name.written, start: start + scheme, end, byForm: false };
}

/** The signature of a URL lets everybody in who has the URL; other signatures are for everybody to check. */
function meaningAt(text: string, { written, start }: Name): NameMeaning | undefined {
  const isQuery = /[?&;]/.test(text.charAt(start - 1));
  return isQuery && /(?:^|-)(?:sig|signature)$/i.test(written)
    ? { noun: 'key', holds: 'credential', mayRefer: false }
    : nameMeaning(written);
}

function settingValue(text: string, name: Name, values: SettingValues): SettingValue | undefined {
  const { start, end, before, isFlag } = name;
  if (text[end] === '>' && text[start - 1] === '<') {
    return values.element(end + 1);
  }
  separator.lastIndex = end;
  const [, sign = ''] = separator.exec(text) ?? [];
  if (sign === ':' && before.endsWith(':')) {
    // A part of a name such as an ARN.
    return undefined;
  }
  if (sign !== '') {
    return values.at(separator.lastIndex, placeOf(name, sign, text));
  }
  if (isNameOf.test(before)) {
    valueBeside.lastIndex = end;
    const beside = valueBeside.exec(text)?.[0];
    if (beside === undefined) {
      return undefined;
    }
    const index = valueBeside.lastIndex;
    return beside.endsWith('>')
      ? values.element(index)
      : values.at(index, beside.includes('\n') && beside.endsWith(':') ? 'line' : 'flow');
  }
  if (isArgument.test(before)) {
    nextArgument.lastIndex = end;
    return nextArgument.test(text) ? values.quoted(nextArgument.lastIndex) : undefined;
  }
  return isFlag ? flagValue(text, end, values) : directiveValue(text, name, values);
}

function placeOf({ before, start, written }: Name, sign: string, text: string): ValuePlace {
  if (/[?&]$|&amp;$|\\u0026$/.test(before)) {
    return 'query';
  }
  if (lineBegins.test(before) && (before.length < lookedBack || before.includes('\n') || start === before.length)) {
    // A line of properties holds one setting, one of a shell or a connection string may hold several.
    return sign === ':' || (/[a-z]/.test(written) && !/[^\n]=/.test(restOfLine(text, start + written.length + 2)))
      ? 'line'
      : 'word';
  }
  return sign === ':' && /[{,([]\s*(?:\\{0,3}["'])?$/.test(before) ? 'flow' : 'word';
}

const restOfLine = (text: string, start: number): string => /^[^\n]*/.exec(text.slice(start, start + 400))?.[0] ?? '';

function flagValue(text: string, end: number, values: SettingValues): SettingValue | undefined {
  afterFlag.lastIndex = end;
  const [between] = afterFlag.exec(text) ?? [];
  const value = between === undefined ? undefined : values.at(afterFlag.lastIndex, 'word');
  const written = value === undefined ? '' : text.slice(value.start, value.end);
  // In prose a flag is followed by a word.
  const isProse = /^[ \t]+$/.test(between ?? '') && value?.isQuoted === false && /^[a-z]{1,7}$/.test(written);
  return isProse || /^(?:id|src|type|name)=/.test(written) ? undefined : value;
}

/** `requirepass PASSWORD` of Redis, `ENV PASSWORD x` of an image, `login NAME password PASSWORD` of netrc. */
function directiveValue(text: string, name: Name, values: SettingValues): SettingValue | undefined {
  const isDirective =
    (/^(?:requirepass|masterauth|primaryauth)$/i.test(name.written) && lineBegins.test(name.before)) ||
    /(?:^|\n)[ \t]*ENV[ \t]+$/.test(name.before) ||
    (name.written === 'password' && /\blogin\s+\S{1,60}\s+$/.test(name.before));
  return isDirective && /\s/.test(text.charAt(name.end)) ? values.at(name.end, 'word') : undefined;
}

const types =
  /^(?:string|str|text|bytes?|int|integer|number|bool|boolean|object|any|secretstr|varchar|char|map|list|array|optional|new|await|function|lambda)(?=$|[\s<>[({})?|,;:=.])/i;

/** What a program computes, and what prose says. */
function isCode(value: string, { noun }: NameMeaning): boolean {
  return (
    /^(?:[A-Za-z_][\w.]*[([]|\(|\.[A-Za-z])/.test(value) ||
    /^\$?(?:\$[({]|\{\{)[^)}]*$/.test(value) ||
    (/^[a-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(value) && !/\d/.test(value)) ||
    types.test(value) ||
    /^\d{1,2};?$/.test(value) ||
    (noun !== 'password' && /^[&*!]/.test(value)) ||
    /^[A-Za-z'\u2019]+(?:[ \t]+[A-Za-z'\u2019,.;:-]+){2,}$/.test(value)
  );
}

/** A setting in a comment shows how to write one, unless its value is no word. */
const isSample = ({ before }: Name, value: string): boolean =>
  comment.test(before) && !/[A-Za-z]\d|\d[A-Za-z]/.test(value);
