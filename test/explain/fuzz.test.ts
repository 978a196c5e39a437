import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { printable } from '../../lib/cli/printer.ts';
import { explainSender } from '../../lib/explain/explain-service.ts';
import { explanationJson } from '../../lib/explain/json.ts';
import { renderMermaid } from '../../lib/explain/render-mermaid.ts';
import { explanationText } from '../../lib/explain/render-text.ts';
import { sendersOf } from '../../lib/model/path/sender.ts';
import { modelOf } from '../model/support/model-of.ts';
import { smallSystem } from '../model/support/small-system.ts';
import { expectHarmless, hostileNames } from '../support/hostile.ts';
import { countValues, replacedValue } from '../support/replaced-value.ts';

const chart = [
  'dist/10-collector-endpoint.yaml',
  'dist/10-config.yaml',
  'dist/30-api-gateway.yaml',
  'dist/helm/coralogix-infra-values.yaml',
]
  .map((file) => readFileSync(file, 'utf8'))
  .join('---\n');

const wrongValue = fc.oneof(
  fc.constantFrom(
    null,
    '',
    '$(X)',
    '${X}',
    'http://',
    'constructor',
    '__proto__',
    4317,
    -1,
    true,
    [],
    {},
    [null],
    [[]],
  ),
  fc.jsonValue({ maxDepth: 2 }),
  hostileNames,
);

/** Everything that explain says of a text, in every form. */
function explainAll(text: string): void {
  const model = modelOf(text);
  for (const sender of sendersOf(model)) {
    const explanation = explainSender(model, sender);
    const first = explanation.hops.findIndex(({ status }) => status === 'broken');
    expect(first < 0 ? [] : explanation.hops.slice(first).filter(({ status }) => status === 'ok')).toEqual([]);
    expect(explanation.hops.map(({ name }) => name)).toEqual(expect.arrayContaining(['SDK', 'address', 'Coralogix']));
    const text = printable(explanationText(explanation), { colour: false });
    expect(text).toContain('SDK: ');
    expectHarmless(text + renderMermaid(explanation) + explanationJson(explanation));
    expect(
      renderMermaid(explanation)
        .split('\n')
        .filter((line) => /^ {2}hop\d+\["[^"]*"\]/.test(line)),
    ).toHaveLength(explanation.hops.length);
    expect(() => JSON.parse(explanationJson(explanation))).not.toThrow();
  }
}

test.each([
  ['the chart', chart],
  ['manifests', smallSystem()],
])(
  'nothing fails, and nothing is claimed behind a break, where anything stands anywhere in %s',
  (_, text) => {
    const documents: readonly unknown[] = loadAll(text);
    const change = fc.record({ document: fc.nat(documents.length - 1), at: fc.nat(), by: wrongValue });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const broken = changes.reduce<readonly unknown[]>(
          (current, { document, at, by }) =>
            current.map((value, index) =>
              index === document ? replacedValue(value, at % countValues(value), by) : value,
            ),
          documents,
        );
        explainAll(broken.map((document) => dump(document)).join('---\n'));
      }),
      { numRuns: 100 },
    );
  },
  120_000,
);

/** The configuration is a text in a ConfigMap, so that what stands in it is replaced there. */
test('nothing fails on any configuration of the collector', () => {
  const settings = fc.dictionary(
    fc.constantFrom('detectors', 'attributes', 'extract', 'pod_association', 'trace_statements'),
    wrongValue,
  );
  const names = fc.array(
    fc.constantFrom('k8sattributes', 'resource', 'resourcedetection', 'transform', 'batch', 'tail_sampling'),
  );
  const part = fc.oneof(fc.object({ maxDepth: 2 }), fc.constant({}));
  fc.assert(
    fc.property(names, settings, part, part, (processors, each, connector, coralogix) => {
      const all = Object.fromEntries(processors.map((name) => [name, each]));
      explainAll(smallSystem({ processors, settings: all, connector, exporterSettings: { coralogix } }));
    }),
    { numRuns: 100 },
  );
}, 120_000);
