import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type RenderedCollector, renderChart } from '../../lib/chart/chart.ts';
import { connectorDimensions } from '../../lib/chart/effective-dimensions.ts';
import type { Refusal } from '../../lib/chart/refusals.ts';
import { componentType } from '../../lib/pipeline/component.ts';
import { Pipelines } from '../../lib/pipeline/pipelines.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import { kubernetesSchema } from '../../lib/yaml/schema.ts';
import { listAt, mappingAt } from '../../lib/yaml/value.ts';

const caseFacts = z.object({
  values: z.string(),
  refused: z.array(z.string()).optional(),
  collectors: z.record(z.string(), z.string()).optional(),
  services: z.array(z.string()).optional(),
});
const collectorFacts = z.looseObject({
  pipelines: z.string().optional(),
  dimensions: z.string().optional(),
  excludeDimensions: z.string().optional(),
});
const lists = z.record(z.string(), z.record(z.string(), z.string()));

/** What `helm template` made of each of these values, or why it refused them. */
const facts = z
  .object({
    pipelines: z.record(z.string(), z.string()),
    dimensions: lists,
    excluded: lists,
    services: z.record(z.string(), z.unknown()),
    collectors: z.record(z.string(), collectorFacts),
    cases: z.record(z.string(), caseFacts),
  })
  .parse(load(readFileSync(new URL('helm-facts-0.0.331.yaml', import.meta.url), 'utf8')));

const usual = 'global:\n  domain: eu2.coralogix.com\n  clusterName: c1\n';

const renderingOf = (text: string) => {
  const parsed = parseYaml(/^global:/m.test(text) ? text : text + usual, kubernetesSchema);
  const values = mappingAt('value' in parsed ? parsed.value : undefined);
  return renderChart('otel-integration', values, { name: 'coralogix', namespace: 'coralogix' });
};

function expected({ collectors = {}, services = [] }: z.infer<typeof caseFacts>) {
  return {
    collectors: Object.fromEntries(Object.entries(collectors).map(([alias, id]) => [alias, expectedCollector(id)])),
    services: services.map((id) => JSON.stringify(facts.services[id])).sort(),
  };
}

function expectedCollector(id: string) {
  const { pipelines, dimensions = '', excludeDimensions = '', ...others } = facts.collectors[id] ?? {};
  return pipelines === undefined
    ? others
    : {
        ...others,
        pipelines: pipelines.split(' ').map((line) => facts.pipelines[line]),
        dimensions: facts.dimensions[dimensions],
        excludeDimensions: facts.excluded[excludeDimensions],
      };
}

function factsOf(collector: RenderedCollector) {
  const { kind, name, namespace, hostNetwork, ports, resourceAttributes, configuration } = collector;
  const hostPorts = [...new Set(ports.flatMap(({ hostPort }) => hostPort ?? []))].sort((a, b) => a - b);
  const attributes = resourceAttributes === undefined ? {} : { resourceAttributes };
  const workload = { kind, name, namespace, hostNetwork, hostPorts, ...attributes };
  if (configuration === undefined) {
    return { ...workload, configuration: null };
  }
  const counters = Object.keys(mappingAt(configuration, 'connectors')).filter(
    (id) => componentType(id) === 'spanmetrics',
  );
  const excluded = (id: string) => listAt(configuration, 'connectors', id, 'exclude_dimensions').join(' ');
  return {
    ...workload,
    pipelines: new Pipelines(configuration).all
      .map(
        ({ id, receivers, processors, exporters }) =>
          `${id}: ${receivers.join(' ')} → ${processors.join(' ')} → ${exporters.join(' ')}`,
      )
      .sort(byName),
    dimensions: Object.fromEntries(
      counters.map((id) => [
        id,
        connectorDimensions(collector, id)
          .map((dimension) => dimension.name)
          .join(' '),
      ]),
    ),
    excludeDimensions: Object.fromEntries(
      counters.flatMap((id) => (excluded(id) === '' ? [] : [[id, excluded(id)] as const])),
    ),
  };
}

const byName = (a: string, b: string): number => ((a.split(':')[0] ?? '') < (b.split(':')[0] ?? '') ? -1 : 1);

const reasons = (refusals: readonly Refusal[]): string[] => {
  const [first] = refusals;
  return first?.kind === 'schema'
    ? refusals.filter(({ kind }) => kind === 'schema').flatMap(({ reason }) => reason.split('\n'))
    : [first?.reason ?? ''];
};

/** A template that is given values under another name reads the same. */
const plain = (reason: string): string => reason.replace('.Values.Values.', '.Values.');

describe('what helm makes of values of the chart 0.0.331', () => {
  const cases = Object.entries(facts.cases);
  const refused = cases.filter(([, { refused: found }]) => found !== undefined);

  test('is known for 173 values files, of which it refuses 27', () => {
    expect([cases.length, refused.length]).toEqual([173, 27]);
  });

  test.each(cases.filter(([, { refused: found }]) => found === undefined))('is known for %s', (_, facts) => {
    const { collectors, services, refusals } = renderingOf(facts.values);
    expect(refusals).toEqual([]);
    expect({
      collectors: Object.fromEntries(collectors.map((collector) => [collector.chart.alias, factsOf(collector)])),
      services: services
        .map(({ headless, internalTrafficPolicy, name, namespace, ports, type }) =>
          JSON.stringify({
            headless,
            internalTrafficPolicy,
            name,
            namespace,
            ports: ports.map((port) => [port.name, port.port ?? null, port.targetPort]),
            type,
          }),
        )
        .sort(),
    }).toEqual(expected(facts));
  });

  test.each(refused)('is nothing, for the reason that helm gives, of %s', (_, facts) => {
    expect(reasons(renderingOf(facts.values).refusals).sort()).toEqual((facts.refused ?? []).map(plain).sort());
  });
});
