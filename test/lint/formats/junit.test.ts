import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { junitFormat, xmlElement } from '../../../lib/lint/formats/junit.ts';
import { visible } from '../../../lib/text/visible.ts';
import { everything, reportOf } from './report-of.ts';

/** @throws Error when it is not well-formed */
const parsed = (xml: string) => new DOMParser({ onError }).parseFromString(xml, 'text/xml');

function onError(level: string, message: string): void {
  if (level !== 'warning') {
    throw new Error(message);
  }
}

test('JUnit has a suite for each file and a test for each finding', () => {
  const xml = junitFormat(reportOf(everything));
  parsed(xml);
  expect(xml).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="podhost lint">
    <testsuite name="dist/a.yaml" tests="1" failures="1" errors="0">
    <testcase classname="dist/a.yaml" name="no-bad-key 7:3"><failure type="error" message="ConfigMap one has the key bad, which is &quot;value&quot;">dist/a.yaml:7:3&#10;write: good</failure></testcase>
    </testsuite>
    <testsuite name="dist/helm/my values, 50%: new.yaml" tests="1" failures="1" errors="0">
    <testcase classname="dist/helm/my values, 50%: new.yaml" name="require-domain 1:1"><failure type="warning" message="no domain">dist/helm/my values, 50%: new.yaml:1:1&#10;Do it right.</failure></testcase>
    </testsuite>
    <testsuite name="dist/x.yaml" tests="1" failures="0" errors="0">
    <testcase classname="dist/x.yaml" name="require-domain 2:11"><skipped message="cannot tell: the domain is known only later (and one other place)"/></testcase>
    </testsuite>
    <testsuite name="dist/y.yaml" tests="1" failures="0" errors="0">
    <testcase classname="dist/y.yaml" name="no findings"/>
    </testsuite>
    <testsuite name="dist/fine.yaml" tests="1" failures="0" errors="0">
    <testcase classname="dist/fine.yaml" name="no findings"/>
    </testsuite>
    <testsuite name="podhost" tests="1" failures="0" errors="1">
    <testcase classname="podhost" name="lint/rule-failed"><error type="lint/rule-failed" message="rule no-defect failed, the others ran: x is undefined">this is a defect in podhost: report it, and until then run: npm run podhost -- lint --rule no-defect=off</error></testcase>
    </testsuite>
    </testsuites>
    "
  `);
});

test('a clean run is a run with tests that passed', () => {
  const document = parsed(junitFormat(reportOf({ 'fine.yaml': everything['dist/fine.yaml'] }, { failures: [] })));
  expect(document.getElementsByTagName('testcase').length).toBe(1);
  expect(document.getElementsByTagName('failure').length).toBe(0);
});

test('any text survives as an attribute, but for what XML cannot hold, which is an escape', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = parsed(xmlElement('a', { b: text }, ['c'])).documentElement?.getAttribute('b');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
      expect(read).toBe(text.replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, visible));
    }),
  );
});

test('half a character is an escape', () => {
  expect(xmlElement('a', { b: '\ud83d', c: '\ude00x', d: '😀' })).toBe('<a b="\\ud83d" c="\\ude00x" d="😀"/>');
});
