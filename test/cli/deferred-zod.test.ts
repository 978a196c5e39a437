import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { checkText } from '../../lib/config/load-config.ts';
import { parseConfig } from '../../lib/config/reading/parse-document.ts';
import { systemValue } from '../../lib/config/reading/plain-value.ts';
import { configRules } from '../../lib/config/rules/index.ts';
import { systemSchema } from '../../lib/config/schema/system.ts';
import type { Problem } from '../../lib/problems/problem.ts';
import { acceptedChanges } from '../config/accepted-changes.ts';
import { changed } from '../config/broken/broken-config.ts';
import { brokenConfigs } from '../config/broken/index.ts';
import { minimal } from '../config/minimal.ts';
import { tries } from '../support/tries.ts';
import { randomNumbers, ValuesOfSchema } from './values-of-schema.ts';

/** The same definition as a bundle has it. */
interface DeferredSchema {
  safeParse(value: unknown): z.ZodSafeParseResult<unknown>;
  /** The output, or a symbol where zod has to decide. */
  judge(value: unknown): unknown;
}

type CheckText = (file: string, text: string) => readonly Problem[];

let deferred: DeferredSchema;
let deferredCheck: CheckText;

beforeAll(async () => {
  const { deferredZod } = z
    .object({ deferredZod: z.custom<(root: string) => Plugin>() })
    .parse(await import(pathToFileURL('scripts/bundle.mjs').href));
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './lib/config/schema/system.ts'; export { checkText } from './lib/config/load-config.ts';`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(resolve('lib/index.ts')).href) },
    plugins: [deferredZod(process.cwd())],
  });
  const module: { exports: unknown } = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
    module,
    module.exports,
    createRequire(resolve('package.json')),
  );
  const exported = z.object({ systemSchema: z.custom<DeferredSchema>(), checkText: z.custom<CheckText>() });
  ({ systemSchema: deferred, checkText: deferredCheck } = exported.parse(module.exports));
});

/** What rules report does not come from a schema. */
const ofSchema = brokenConfigs.filter(({ code }) => !configRules.some(({ id }) => code === `config/${id}`));

test.each(ofSchema)('a bundle reports what the sources report: $title', ({ change }) => {
  const { text } = changed(change);
  expect(deferredCheck('shop.yaml', text)).toEqual(checkText('shop.yaml', text));
});

/** A result as text, in which the order of keys counts. */
function asText({ success, data, error }: z.ZodSafeParseResult<unknown>): string {
  return JSON.stringify(success ? data : error.issues, (_, value) => (value === undefined ? 'undefined' : value), 1);
}

const written = (text: string): unknown => {
  const parsed = parseConfig('shop.yaml', text);
  return 'problems' in parsed ? undefined : systemValue(parsed.contents);
};

test.each(acceptedChanges)('a deferred schema accepts %s without zod', (_, change) => {
  const value = written(changed(change).text);
  expect(deferred.judge(value)).toEqual(systemSchema.parse(value));
});

test.each([0, 0.002, 0.05])(
  'of configurations with a share of %d odd values, a deferred schema makes what zod makes',
  (faults) => {
    const isSame = (seed: number) => {
      const value = new ValuesOfSchema(randomNumbers(seed), faults).of(systemSchema);
      const result = systemSchema.safeParse(value);
      expect(asText(deferred.safeParse(value))).toBe(asText(result));
      // Zod leaves out this one key.
      if (result.success && !JSON.stringify(value).includes('"__proto__"')) {
        expect(typeof deferred.judge(value)).toBe('object');
      }
    };
    fc.assert(fc.property(fc.integer(), isSame), tries(40));
  },
);

const oddTexts = ['', ' ', 'a b', 'a\n', 'x\0', 'é', '😀', 'A', '0', '99999999999', 'constructor', 'x'.repeat(5000)];

/** The value with one of its texts replaced, each in turn. */
function withEach(value: unknown, text: string): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => withEach(item, text).map((changed) => value.with(index, changed)));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) =>
        withEach(member, text).map((changed) => ({ ...value, [key]: changed })),
      )
    : [text];
}

test.each(oddTexts.map((text) => [JSON.stringify(text).slice(0, 20), text]))(
  'a deferred schema accepts %s where zod accepts it',
  (_, text) => {
    for (const value of withEach(written(minimal), text)) {
      expect(asText(deferred.safeParse(value))).toBe(asText(systemSchema.safeParse(value)));
    }
  },
);

test('most of the configurations without odd values are accepted', () => {
  const values = Array.from({ length: 40 }, (_, seed) => new ValuesOfSchema(randomNumbers(seed), 0).of(systemSchema));
  expect(values.filter((value) => systemSchema.safeParse(value).success).length).toBeGreaterThan(20);
});
