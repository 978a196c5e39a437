import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { test } from 'vitest';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { expectFindings } from '../support/every-output.ts';
import { hostileNames } from '../support/hostile.ts';
import { countValues, replacedValue } from '../support/replaced-value.ts';

/** A system that has nearly everything that a rule looks at. */
const system = readSources(['dist']).map((source) => ({ ...source, documents: loadAll(source.text) }));

/** Values that stand where something else was meant. */
const wrongValue = fc.oneof(
  fc.constantFrom(null, '', '$(X)', '${X}', 'http://', 'grpc', 4317, -1, true, [], {}, [null], [[]], { name: null }),
  fc.jsonValue({ maxDepth: 2 }),
  hostileNames,
);

const brokenSystem = fc
  .array(fc.record({ file: fc.nat(system.length - 1), document: fc.nat(), at: fc.nat(), by: wrongValue }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((changes) =>
    system.map(({ file, text, documents }, index) => {
      const own = changes.filter((change) => change.file === index);
      const broken = documents.map((whole, position) =>
        own
          .filter(({ document }) => document % documents.length === position)
          .reduce<unknown>((value, { at, by }) => replacedValue(value, at % countValues(value), by), whole),
      );
      return { file, text: own.length === 0 ? text : broken.map((document) => dump(document)).join('---\n') };
    }),
  );

test('no rule fails on a system in which anything stands anywhere', () => {
  fc.assert(
    fc.property(brokenSystem, (sources) => {
      expectFindings(sources);
    }),
    { numRuns: 50 },
  );
}, 120_000);

test('nothing fails on text of any kind', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expectFindings([{ file: 'a.yaml', text }]);
    }),
  );
});
