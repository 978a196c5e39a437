import type { FoundSecret } from './found-secret.ts';
import { isReference } from './literal-value.ts';
import type { SettingValue, SettingValues } from './setting-value.ts';

/** Longer is no user and no password. */
const longestAuthority = 1024;

/** The slashes are escaped in some JSON. */
const scheme = /:(?:\/\/|\\\/\\\/)/g;

const authority = /[^\s/?#"'<>`\\]*/y;

/** What stands between the password and the host when somebody left out the encoding of `/`, `?` or `#`. */
const unencoded = /[^\s"'<>`\\@]*@(?=[\w[])/y;

/** `user:password@tcp(host:3306)/database`, as drivers of Go write it. */
const driverAddress = /@(?:tcp|unix|udp)?\((?=[\w/.:-])/g;

/** `jdbc:oracle:thin:user/password@host`. */
const oracle = /\bjdbc:oracle:\w{1,8}:[^\s/@:]{1,64}\/([^\s/@]{1,128})@/g;

/** `curl -u user:password`. */
const curlUser = /\bcurl\s[^\n|;]{0,200}?(?<=\s)(?:-u|--user)[ =]{1,4}["']?[^\s:"'$]{1,64}:([^\s"']{1,256})/g;

/** The passwords of URLs, each without what is around it. */
export function urlPasswords(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { 0: slashes, index } of text.includes(':/') || text.includes(':\\') ? text.matchAll(scheme) : []) {
    const start = index + slashes.length;
    found.push(...passwordAfter(text, start, authorityEnd(text, start)));
  }
  if (text.includes('(')) {
    for (const { index } of text.matchAll(driverAddress)) {
      found.push(...passwordAfter(text, startOfUser(text, index), index));
    }
  }
  for (const { index, 0: address, 1: password = '' } of text.includes('jdbc:oracle:') ? text.matchAll(oracle) : []) {
    found.push(...passwordAfter(text, index + address.length - password.length - 2, index + address.length - 1));
  }
  for (const { index, 0: command, 1: password = '' } of text.includes('curl') ? text.matchAll(curlUser) : []) {
    const end = index + command.length;
    found.push(...passwordAfter(text, end - password.length - 1, end));
  }
  return found;
}

function startOfUser(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < longestAuthority && !/[\s/"'`=,;()]/.test(text.charAt(start - 1))) {
    start -= 1;
  }
  return start;
}

/** Where the `@` of an authority is, which ends user and password. */
function authorityEnd(text: string, start: number): number {
  authority.lastIndex = start;
  const [part = ''] = authority.exec(text.slice(0, start + longestAuthority)) ?? [];
  const at = part.lastIndexOf('@');
  if (at >= 0) {
    return start + at;
  }
  // After a host comes a port.
  if (!/^[^:]*:(?!\d{1,5}$)[^:[\]]/.test(part) && !/^:[^:]/.test(part)) {
    return start;
  }
  unencoded.lastIndex = start + part.length;
  const [rest = ''] = unencoded.exec(text.slice(0, start + longestAuthority)) ?? [];
  return rest === '' ? start : start + part.length + rest.length - 1;
}

function passwordAfter(text: string, start: number, end: number): FoundSecret[] {
  const credentials = text.slice(start, end);
  const colon = credentials.startsWith('/') ? 0 : separator(credentials);
  const password = colon < 0 ? '' : credentials.slice(colon + 1);
  return password === '' || isReference(password) || shown.test(password) || /^@?sha\d+:/.test(text.slice(end, end + 9))
    ? []
    : [{ what: 'a URL with a password', start: start + colon + 1, end, byForm: true }];
}

/** What stands for a password: a mask, or a name that a program replaces. */
const shown = /^(?:\*+|x{3,}|\.{3,}|\u2026|\{[\w.]*\}|%[sdv])$/i;

/** The colon after the user; `${env:NAME}` has one of its own. */
const separator = (credentials: string): number =>
  credentials.replaceAll(/\$?[{(][^{}()]*[)}]/g, (reference) => '_'.repeat(reference.length)).indexOf(':');

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
