import type { Problem } from '../../problems/problem.ts';
import { hostileCharacters, visible } from '../../text/visible.ts';
import type { LintFinding } from '../lint-finding.ts';
import { shownMessage, shownPlace } from './location.ts';
import type { Report } from './report.ts';

/**
 * JUnit's XML, which most build servers show: a suite a file, in which each finding is a test that failed, a note one
 * that was skipped, and a file without findings one that passed.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitFormat({ result: { findings, failures }, files }: Report): string {
  const byFile = new Map<string, LintFinding[]>(files.map((file) => [file, []]));
  for (const finding of findings) {
    const { file } = shownPlace(finding);
    const ofFile = byFile.get(file) ?? [];
    ofFile.push(finding);
    byFile.set(file, ofFile);
  }
  const suites = [...byFile].map(([file, found]) => {
    const cases = found.length === 0 ? [testCase(file, 'no findings', [])] : found.map((finding) => caseOf(finding));
    return suite(file, cases, found.filter(({ level }) => level !== 'note').length, 0);
  });
  if (failures.length > 0) {
    suites.push(suite('podhost', failures.map(failureCase), 0, failures.length));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: 'podhost lint' }, lines(suites))}\n`;
}

const suite = (name: string, cases: readonly string[], failures: number, errors: number): string =>
  xmlElement('testsuite', { name, tests: cases.length, failures, errors }, lines(cases));

const testCase = (file: string, name: string, content: readonly string[]): string =>
  xmlElement('testcase', { classname: file, name }, content);

function caseOf(finding: LintFinding): string {
  const { rule, level, suggestion } = finding;
  const { file, line, column } = shownPlace(finding);
  const message = shownMessage(finding);
  const name = `${rule.id} ${line}:${column}`;
  if (level === 'note') {
    return testCase(file, name, [xmlElement('skipped', { message: `cannot tell: ${message}` })]);
  }
  const text = [`${file}:${line}:${column}`, ...(suggestion === undefined ? [] : [suggestion])].join('\n');
  return testCase(file, name, [xmlElement('failure', { type: level, message }, [xmlText(text)])]);
}

function failureCase({ code, message, details = [], suggestion = '' }: Problem): string {
  const text = [...details, suggestion].join('\n');
  return testCase('podhost', code, [xmlElement('error', { type: code, message }, [xmlText(text)])]);
}

const lines = (elements: readonly string[]): string[] => elements.map((element) => `\n${element}`).concat('\n');

/** Characters that no XML 1.0 document may hold, not even escaped; lone surrogates among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as an attribute or as content can hold it; what is not seen is an entity, or an escape where XML has none. */
const xmlText = (text: string): string =>
  text
    .replaceAll(forbidden, visible)
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
    .replaceAll(hostileCharacters(), (character) => `&#${character.codePointAt(0)};`);

/** One element; without content it closes itself. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${xmlText(`${value}`)}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}>`;
}
