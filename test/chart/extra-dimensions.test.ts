import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dimensionProblems } from '../../lib/chart/dimension-problems.ts';
import {
  chartDefaultDimensions,
  errorTrackingDimensions,
  serviceVersionDimension,
} from '../../lib/chart/dimensions.ts';
import { effectiveDimensions } from '../../lib/chart/effective-dimensions.ts';
import { extraDimensionsFor, helmValues } from '../../lib/chart/values/helm-values.ts';
import { foldedName, reservedDimensions } from '../../lib/pipeline/dimension-clashes.ts';

const automatic = [...chartDefaultDimensions, ...errorTrackingDimensions, serviceVersionDimension];

const effectiveNames = (dimensions: readonly string[]): string[] =>
  effectiveDimensions(values(dimensions)).map(({ name }) => name);

const values = (dimensions: readonly string[]) =>
  helmValues({
    domain: 'eu2.coralogix.com',
    clusterName: 'demo',
    environment: 'production',
    provider: 'on-prem',
    dimensions,
    loadBalancing: { enabled: false, policies: [] },
  });

const taken = new Set([...automatic, ...reservedDimensions].map(foldedName));
const newName = fc.stringMatching(/^[a-z][a-z0-9_.]{0,11}$/).filter((name) => !taken.has(foldedName(name)));
const wantedLists = fc
  .tuple(fc.uniqueArray(newName, { selector: foldedName, maxLength: 12 }), fc.subarray(automatic))
  .chain(([fresh, known]) => fc.shuffledSubarray([...fresh, ...known]));

describe('wanted dimensions without clashes', () => {
  test("reach the collector beside all of the chart's, each once", () => {
    fc.assert(
      fc.property(wantedLists, (wanted) => {
        const names = effectiveNames(wanted);
        expect(new Set(names)).toEqual(new Set([...automatic, ...wanted]));
        expect(names).toHaveLength(new Set(names).size);
        expect(dimensionProblems(effectiveDimensions(values(wanted)))).toEqual([]);
      }),
    );
  });

  test('switch off what appends service.version exactly when they name it', () => {
    fc.assert(
      fc.property(wantedLists, (wanted) => {
        const spanMetrics = values(wanted)['opentelemetry-agent']?.presets?.spanMetrics;
        expect(spanMetrics?.serviceVersion?.enabled).toBe(!wanted.includes(serviceVersionDimension));
      }),
    );
  });

  test("keep their order, after the chart's", () => {
    fc.assert(
      fc.property(wantedLists, (wanted) => {
        const names = extraDimensionsFor(wanted);
        expect(names.slice(0, chartDefaultDimensions.length)).toEqual(chartDefaultDimensions);
        const added = new Set(names.slice(chartDefaultDimensions.length));
        expect([...added]).toEqual(wanted.filter((name) => added.has(name)));
      }),
    );
  });

  test('may be named twice, and wanting the result changes nothing', () => {
    fc.assert(
      fc.property(wantedLists, (wanted) => {
        const once = extraDimensionsFor(wanted);
        expect(extraDimensionsFor([...wanted, ...wanted])).toEqual(once);
        expect(extraDimensionsFor(once)).toEqual(once);
      }),
    );
  });
});
