import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { minimal } from '../minimal.ts';
import { systemFile } from '../system-file.ts';

const { load, check } = systemFile();

afterEach(() => vi.unstubAllEnvs());

const declared = (declaration: string, change: Readonly<Record<string, string>> = {}): string =>
  Object.entries(change).reduce(
    (text, [from, to]) => text.replace(from, () => to),
    `${minimal}variables: ${declaration}\n`,
  );

test('a declared variable replaces its references in every value', () => {
  vi.stubEnv('STAGE', 'canary');
  const { config } = load(
    declared('[STAGE, { name: TAG, default: "2.0" }, { name: COUNT, default: "8083" }]', {
      'environment: production': 'environment: ${STAGE}',
      'image: web:latest': 'image: web:${TAG}-${STAGE}',
      'port: 8081': 'port: ${COUNT}',
      'MODE: fast': 'MODE: "a ${STAGE} b ${STAGE}"',
    }),
  );
  expect(config).toMatchObject({
    environment: 'canary',
    services: [{ env: { MODE: 'a canary b canary' } }, { image: 'web:2.0-canary', port: 8083 }],
  });
});

test('a value that looks like YAML or like a reference stays text', () => {
  vi.stubEnv('ODD', '{a: 1} # ${ODD}');
  vi.stubEnv('EMPTY', '');
  const { config } = load(declared('[ODD, EMPTY]', { 'MODE: fast': 'MODE: "${ODD}", OTHER: "${EMPTY}"' }));
  expect(config.services[0]?.env).toEqual({ MODE: '{a: 1} # ${ODD}', OTHER: '' });
});

test('two dollars are the text itself, declared or not', () => {
  const { config } = load(declared('[{ name: A, default: x }]', { 'MODE: fast': 'MODE: "$${A} $${B} $A $(C)"' }));
  expect(config.services[0]?.env).toEqual({ MODE: '${A} ${B} $A $(C)' });
});

test('what an alias stands for is replaced once', () => {
  vi.stubEnv('STAGE', 'x');
  const { config } = load(
    declared('[STAGE]', {
      'MODE: fast': 'MODE: &m "$${STAGE}", OTHER: *m',
      'clusterName: shop': 'clusterName: ${STAGE}',
    }),
  );
  expect(config.services[0]?.env).toEqual({ MODE: '${STAGE}', OTHER: '${STAGE}' });
});

test('without declarations nothing is replaced', () => {
  vi.stubEnv('STAGE', 'x');
  const { config } = load(minimal.replace('MODE: fast', () => 'MODE: "${STAGE} $${STAGE}"'));
  expect(config.services[0]?.env).toEqual({ MODE: '${STAGE} $${STAGE}' });
});

test('a reference that stays as it is written is checked as a text', () => {
  const problems = check(declared('[STAGE]', { 'environment: production': 'environment: $${STAGE}' }));
  expect(problems).toMatchObject([{ code: 'config/valid-environment', suggestion: 'write: STAGE' }]);
});

test.each([
  [
    'a variable that the environment does not have',
    '[STAGE]',
    '${STAGE}',
    'config/unknown-variable',
    'environment holds ${STAGE}, and the environment has no variable STAGE',
    'run: export STAGE=…, or write: { name: STAGE, default: … } under variables',
  ],
  [
    'a variable that is not declared',
    '[{ name: STAGE, default: x }]',
    '${STGE}',
    'config/unknown-variable',
    'environment holds ${STGE}, and variables does not declare STGE',
    'write: ${STAGE}, or $${STGE} where the text is meant',
  ],
  [
    'a default in the words of a shell',
    '[STAGE]',
    '${STAGE:-x}',
    'config/unknown-variable',
    'environment holds ${STAGE:-x}, and a reference to a variable is a name alone',
    'write: ${STAGE}, and { name: STAGE, default: … } under variables',
  ],
])('%s is a problem at the value', (_, declaration, value, code, message, suggestion) => {
  const problems = check(declared(declaration, { 'environment: production': `environment: ${value}` }));
  expect(problems).toMatchObject([{ code, message, suggestion, place: { line: 3, column: 14 } }]);
});

test('a variable whose name says that it is a secret is refused', () => {
  const problems = check(declared('[{ name: DB_PASSWORD, default: x }]'));
  expect(problems).toMatchObject([
    { code: 'config/no-secret-variable', message: expect.stringContaining('DB_PASSWORD') },
  ]);
});

test('a secret that a variable brings is refused where it is used', () => {
  vi.stubEnv('STAGE', 'AKIAIOSFODNN7EXAMPLE');
  const [problem] = check(declared('[STAGE]', { 'MODE: fast': 'MODE: "${STAGE}"' }));
  expect(problem).toMatchObject({ code: 'config/no-literal-secret', confidential: true });
});

test('whatever a variable holds, it arrives as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]{0,30}$/), (value) => {
      vi.stubEnv('ANY', value);
      const { config } = load(declared('[ANY]', { 'MODE: fast': 'MODE: "<${ANY}>"' }));
      expect(config.services[0]?.env).toEqual({ MODE: `<${value}>` });
    }),
    { numRuns: 50 },
  );
});
