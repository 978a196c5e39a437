import { expect, test } from 'vitest';
import { languageOf } from '../../lib/instrument/language.ts';

const guess = (container: object, annotations: Record<string, string> = {}) =>
  languageOf({ ...container }, 'app', annotations, annotations['podhost.dev/language']);

test.each([
  ['command', { command: ['java', '-jar', 'app.jar'] }, 'java', 'command'],
  ['command', { command: ['/usr/bin/python3.11', 'main.py'] }, 'python', 'command'],
  ['args', { command: ['./entry'], args: ['server.js'] }, 'nodejs', 'command'],
  ['what is loaded', { args: ['opentelemetry-instrument', './run'] }, 'python', 'what it loads, the Python SDK'],
  [
    'what is loaded',
    { env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-javaagent:/otel/opentelemetry-javaagent-2.1.jar' }] },
    'java',
    'what it loads, the Java agent 2.x',
  ],
  ['command', { command: ['bundle', 'exec', 'puma'] }, 'ruby', 'command'],
  ['variable', { env: [{ name: 'JAVA_TOOL_OPTIONS' }] }, 'java', 'variable JAVA_TOOL_OPTIONS'],
  ['variable', { env: [{ name: 'ASPNETCORE_URLS' }] }, 'dotnet', 'variable ASPNETCORE_URLS'],
  ['image', { image: 'acme/orders-golang:1' }, 'go', 'image acme/orders-golang:1'],
  ['image', { image: 'php:8-apache' }, 'php', 'image php:8-apache'],
])('the language is known by %s: %o', (_, container, language, evidence) => {
  expect(guess(container)).toMatchObject({ language, evidence });
});

test('an annotation counts more than anything else, also for one container', () => {
  const annotations = { 'podhost.dev/language': 'app=ruby,web=java' };
  expect(guess({ command: ['java'] }, annotations)).toMatchObject({ language: 'ruby', grpc: 'no' });
});

test('the SDK that the operator injects into Python has no gRPC', () => {
  const annotations = { 'instrumentation.opentelemetry.io/inject-python': 'true' };
  expect(guess({}, annotations)).toMatchObject({ language: 'python', grpc: 'no' });
});

test.each([
  { image: 'acme/orders:1' },
  { image: 'acme/mango' },
  { image: 'acme/express-checkout' },
  { image: 'acme/web', command: ['./run'] },
])('%o shows no language', (container) => {
  expect(guess(container)).toBeUndefined();
});
