import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { otlpSettings } from '../../lib/model/network/otlp-settings.ts';
import { resolveEndpoint } from '../../lib/model/network/resolve.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { splitDocuments } from '../../lib/yaml/documents.ts';
import { isMapping } from '../../lib/yaml/value.ts';
import { expectEveryOutput } from '../support/every-output.ts';
import { hostileNames } from '../support/hostile.ts';
import { collectorManifests } from './support/collector-manifests.ts';

const files = [
  'dist/10-collector-endpoint.yaml',
  'dist/10-config.yaml',
  'dist/30-api-gateway.yaml',
  'dist/helm/coralogix-infra-values.yaml',
];

const documents: readonly unknown[] = [...files.map((file) => readFileSync(file, 'utf8')), collectorManifests({})]
  .flatMap(splitDocuments)
  .map(({ content }): unknown => parseDocument(content, { version: '1.1' }).toJS());

/** Names that an object has without anybody's doing. */
const names = fc.constantFrom(
  'constructor',
  '__proto__',
  'toString',
  'name',
  'kind',
  'metadata',
  'env',
  'enabled',
  'a',
);

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, true, [], {}, 'text', ['text'], [null], { name: null }, Number.MAX_VALUE),
  fc.dictionary(names, fc.constantFrom<unknown>(null, 'x', [], {}, 7)),
  fc.dictionary(hostileNames, hostileNames, { maxKeys: 2 }),
  hostileNames,
  fc.string(),
);

/** A change at a place that is found by walking down: each number picks a child. */
const mutation = fc.record({ steps: fc.array(fc.nat(20), { maxLength: 10 }), replacement: fc.option(anything) });

function mutated(value: unknown, [step, ...steps]: readonly number[], replacement: unknown): unknown {
  const entries = Array.isArray(value) || isMapping(value) ? Object.entries(value) : [];
  if (step === undefined || entries.length === 0) {
    return replacement;
  }
  const [key] = entries[step % entries.length] ?? [''];
  const isRemoval = steps.length === 0 && replacement === null && step % 2 === 0;
  const changed = entries.flatMap(([name, child]) =>
    name !== key ? [[name, child] as const] : isRemoval ? [] : [[name, mutated(child, steps, replacement)] as const],
  );
  return Array.isArray(value) ? changed.map(([, child]) => child) : Object.fromEntries(changed);
}

/** Looks at all of a model, for most of it is computed only then. */
function lookAt(text: string): void {
  const model = readModel([{ file: 'fuzzed.yaml', text }]);
  for (const workload of model.workloads) {
    for (const container of workload.containers) {
      const { endpoint } = otlpSettings(model.environment(workload, container));
      expect(workload.manifest.place(container.path).line).toBeGreaterThan(0);
      if (endpoint !== undefined) {
        expect(resolveEndpoint(model, workload, endpoint).kind).toBeTypeOf('string');
      }
    }
  }
  for (const collector of model.collectors) {
    expect(collector.place(['service', 'pipelines', 'traces', 'exporters', 0]).line).toBeGreaterThan(0);
    expect(collector.place(['connectors', 'spanmetrics', 'dimensions', 0]).line).toBeGreaterThan(0);
  }
  for (const service of model.services) {
    expect(service.place().line).toBeGreaterThan(0);
  }
}

/** Manifests and values of which one document has parts removed or replaced. */
const mutatedText = fc
  .record({ index: fc.nat(documents.length - 1), changes: fc.array(mutation, { minLength: 1, maxLength: 4 }) })
  .map(({ index, changes }) => {
    const changed = changes.reduce<unknown>(
      (value, { steps, replacement }) => mutated(value, steps, replacement),
      documents[index],
    );
    const all = documents.map((document, position) => (position === index ? changed : document));
    return all.map((document) => JSON.stringify(document)).join('\n---\n');
  });

describe('a model', () => {
  test('is made of manifests and values with parts removed or replaced by anything', () => {
    fc.assert(fc.property(mutatedText, lookAt), { numRuns: 200 });
  }, 120_000);

  test('of anything is reported on by every command, in every format', () => {
    fc.assert(
      fc.property(mutatedText, (text) => {
        expectEveryOutput([{ file: 'fuzzed.yaml', text }]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test('is made of any text', () => {
    const pieces = fc.constantFrom(
      '---',
      '\n',
      '- ',
      'a: ',
      '&a ',
      '*a',
      '{',
      '}',
      '[',
      '|',
      '>-',
      '"',
      "'",
      '%YAML',
      '\r',
      '\t',
      '#',
      '!!int',
      '<<: ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 }))), (parts) => {
        lookAt(parts.join(''));
      }),
      { numRuns: 500 },
    );
  });

  test('is made of text cut out of files', () => {
    const text = files.map((file) => readFileSync(file, 'utf8')).join('---\n');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(2000), (start, length) => {
        lookAt(text.slice(start, start + length));
      }),
      { numRuns: 200 },
    );
  });
});
