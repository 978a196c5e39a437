import type { SettingValue, SettingValues } from './setting-value.ts';

const gap = String.raw`(?:\s|--[^\n]{0,400}\n|/\*[^*]{0,400}\*/)`;

/** What stands in SQL between `PASSWORD` and the password. */
const afterPassword = new RegExp(
  `(?:${gap}{1,200}|(?=[=(]))(?:FOR\\s{1,20}\\S{1,100}\\s{0,20})?(?:=\\s{0,20})?(?:PASSWORD\\s{0,4})?\\(?\\s{0,20}(?=(?:[EN]|U&)?'|\\$\\w{0,60}\\$)`,
  'iy',
);

const identifiedBy = new RegExp(
  `IDENTIFIED${gap}{1,200}(?:WITH${gap}{1,20}['"\`]?\\w{1,60}['"\`]?${gap}{1,20})?BY${gap}{1,200}(?:PASSWORD${gap}{1,20})?`,
  'iy',
);

const statement = /\b(?:create|alter|grant)\b[^;]*$/i;

/** The password that a statement sets: `PASSWORD 'x'`, `PASSWORD $$x$$`, `IDENTIFIED BY 'x'`. */
export function sqlPassword(
  text: string,
  { written, start, end }: { readonly written: string; readonly start: number; readonly end: number },
  values: SettingValues,
): SettingValue | undefined {
  if (/^identified$/i.test(written)) {
    identifiedBy.lastIndex = start;
    const isStatement = statement.test(text.slice(Math.max(0, start - 200), start));
    return isStatement && identifiedBy.test(text) ? literalAt(text, identifiedBy.lastIndex, values, true) : undefined;
  }
  if (!/^password$/i.test(written)) {
    return undefined;
  }
  afterPassword.lastIndex = end;
  return afterPassword.test(text) ? literalAt(text, afterPassword.lastIndex, values, false) : undefined;
}

function literalAt(text: string, index: number, values: SettingValues, takesWord: boolean): SettingValue | undefined {
  const literal = values.dollarQuoted(index) ?? values.quoted(index);
  if (literal !== undefined || !takesWord) {
    return literal;
  }
  return /^(?:values|externally|globally|default|null|random)\b/i.test(text.slice(index, index + 12))
    ? undefined
    : values.at(index, 'word');
}
