import { expect, test } from 'vitest';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { requireInstrumentation as rule } from '../../../lib/lint/rules/require-instrumentation.ts';
import { smallSystem } from '../../model/support/small-system.ts';
import { report } from './support/lint-text.ts';
import { deployment, documents } from './support/manifests.ts';

const silent = deployment({ name: 'cart', env: '- { name: PORT, value: "8080" }' });

test('reports a workload of which nothing shows an SDK', () => {
  expect(report(rule, documents(smallSystem(), silent))).toMatchObject([
    { message: 'nothing of Deployment cart shows an SDK: no spans of it are known' },
  ]);
});

test('does not report a datastore, a collector, and an SDK that is switched off', () => {
  const redis = smallSystem({
    env: { OTEL_SDK_DISABLED: 'true' },
    more: [
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'redis', namespace: 'shop' },
        spec: { template: { spec: { containers: [{ name: 'redis', image: 'redis:7' }] } } },
      },
    ],
  });
  expect(report(rule, redis)).toEqual([]);
});

test('does not report anything unless a setting gives it a severity', () => {
  const sources = [{ file: 'app.yaml', text: silent }];
  const levels = (rules: Readonly<Record<string, 'warning'>>) =>
    lintSources(sources, { settings: { rules, maxWarnings: undefined } })
      .result.findings.filter((finding) => finding.rule === rule)
      .map(({ level }) => level);
  expect(levels({})).toEqual([]);
  expect(levels({ [rule.id]: 'warning' })).toEqual(['warning']);
});
