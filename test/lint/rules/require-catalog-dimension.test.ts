import { expect, test } from 'vitest';
import { requireCatalogDimension as rule } from '../../../lib/lint/rules/require-catalog-dimension.ts';
import { agentValues, rendered, soundConnectors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a list that was cut',
    rendered({ connectors: soundConnectors.replace(/.*db\.(system|namespace).*\n/g, '') }),
    {
      at: 'app.yaml:20:11',
      message:
        'spanmetrics of DaemonSet agent has no dimension db.system and db.namespace, by which the catalogs group',
      suggestion: 'add to dimensions: { name: db.system }, { name: db.namespace }',
    },
  ],
  [
    'no list',
    rendered({ connectors: 'spanmetrics: { namespace: "" }' }),
    {
      message:
        'spanmetrics of DaemonSet agent has no dimension http.method, http.response.status_code and 4 others, by which the catalogs group',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['all of them', rendered()],
  [
    'the names of another convention',
    rendered({
      connectors: soundConnectors.replace('http.method', 'http.request.method').replace('db.namespace', 'db.name'),
    }),
  ],
  ['another back end', rendered({ connectors: 'spanmetrics: {}', exporters: 'otlp: { endpoint: tempo:4317 }' })],
  ['values, which another rule judges', agentValues('presets: { spanMetrics: { extraDimensions: [] } }')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
