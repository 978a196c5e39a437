import { expect, test } from 'vitest';
import { explainService } from '../../lib/explain/explain-service.ts';
import { headline } from '../../lib/explain/headline.ts';
import { type ReadModelProps, readModel } from '../../lib/model/read-model.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';

const sources = readSources(['test/lint/fixtures/plan/deployment/kubernetes']).map(({ file, text }) => ({
  file: file.replace(/^.*\/kubernetes\//, ''),
  text,
}));

function explained(props: ReadModelProps = {}, edit = (text: string) => text) {
  const explanation = explainService(
    readModel(
      sources.map(({ file, text }) => ({ file, text: edit(text) })),
      props,
    ),
    'api-gateway',
  );
  if (explanation === undefined) {
    throw new Error('expected api-gateway');
  }
  return explanation;
}

test('the plan taken literally breaks at the name, of which there is one in another namespace', () => {
  const explanation = explained();
  expect(headline(explanation)).toBe(
    'breaks at address: namespace dataprime-demo has no Service coralogix-opentelemetry-collector',
  );
  expect(explanation.hops[1]?.reasons).toEqual([
    {
      message:
        'a Service of that name is in namespace coralogix, and leads to the cluster collector of coralogix-infra-values.yaml, which makes no span metrics',
      place: { file: 'coralogix-infra-values.yaml', line: 2, column: 1 },
    },
  ]);
  expect(explanation.hops.slice(2).map(({ status }) => status)).toEqual(Array(6).fill('unknown'));
  expect(explanation).toMatchObject({ series: undefined, application: undefined, subsystem: undefined });
});

test('installed beside the application it breaks at the cluster collector, which makes no span metrics', () => {
  const explanation = explained({ releaseNamespace: 'dataprime-demo' });
  expect(headline(explanation)).toBe(
    'breaks at spanmetrics: the cluster collector of coralogix-infra-values.yaml makes no span metrics',
  );
});

test('with the address of the agent it says that presets at the top level change nothing', () => {
  const explanation = explained({}, (text) =>
    text
      .replace('http://coralogix-opentelemetry-collector:4317', 'http://coralogix-opentelemetry.coralogix:4317')
      .replace(/^presets:/m, 'opentelemetry-agent: { service: { enabled: true } }\n\npresets:'),
  );
  expect(headline(explanation)).toBe(
    'cannot tell at receiver: port 4317 takes gRPC, and the protocol of the SDK is not known',
  );
  expect(explanation.hops.find(({ name }) => name === 'spanmetrics')).toMatchObject({
    status: 'ok',
    reasons: expect.arrayContaining([
      {
        message: 'presets at the top level change nothing: the chart reads them below a sub-chart',
        place: { file: 'coralogix-infra-values.yaml', line: 8, column: 1 },
      },
    ]),
  });
  expect(explanation.series?.labels.map(({ name }) => name)).not.toContain('http_status_code');
});
