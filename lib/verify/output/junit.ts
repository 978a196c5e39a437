import { xmlElement } from '../../lint/formats/junit.ts';
import type { HopCheck } from '../check.ts';
import { hopNumber } from '../hop.ts';
import type { Cell, Row, Verification } from '../verification.ts';

/**
 * JUnit's XML: a suite a service, in which each hop is a test. What is broken fails, what is not proven is skipped with
 * its reason.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function verificationJunit({ rows, headline }: Verification): string {
  const suites = rows.map(suiteOf);
  const properties = xmlElement('properties', {}, [
    xmlElement('property', { name: 'verdict', value: headline.verdict }),
    xmlElement('property', { name: 'headline', value: headline.message }),
  ]);
  const [first, ...others] = suites.map((suite) => `\n${suite}`);
  const content = [...(first === undefined ? [] : [first]), ...others, '\n'];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: 'podhost verify' }, content)}\n`.replace(
    /(<testsuite [^>]*>)/,
    `$1\n${properties}`,
  );
}

function suiteOf(row: Row): string {
  const failures = row.cells.filter(({ status }) => status === 'broken').length;
  const skipped = row.cells.filter(({ status }) => status !== 'broken' && status !== 'proven').length;
  const attributes = { name: row.name, tests: row.cells.length, failures, errors: 0, skipped };
  return xmlElement('testsuite', attributes, [...row.cells.map((cell) => `\n${caseOf(row, cell)}`), '\n']);
}

function caseOf({ name }: Row, { hop, status, checks, blockedBy }: Cell): string {
  const attributes = { classname: name, name: `${hopNumber(hop.id)} ${hop.id}: ${hop.sentence}` };
  const open = checks.filter((check) => check.status !== 'proven');
  const message = open[0]?.message ?? '';
  switch (status) {
    case 'proven':
      return xmlElement('testcase', attributes);
    case 'broken':
      return xmlElement('testcase', attributes, [
        xmlElement('failure', { type: open[0]?.id ?? hop.id, message }, open.flatMap(detail)),
      ]);
    default: {
      const reason = blockedBy === undefined ? status : `blocked by ${blockedBy}`;
      return xmlElement('testcase', attributes, [xmlElement('skipped', { message: `${reason}: ${message}` })]);
    }
  }
}

const detail = ({ message, remedy, evidence }: HopCheck): string[] => [
  xmlElement('line', { text: message }),
  ...(remedy === undefined ? [] : [xmlElement('line', { text: remedy })]),
  ...evidence.map((each) => xmlElement('line', { text: each.message })),
];
