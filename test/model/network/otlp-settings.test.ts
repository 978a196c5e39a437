import { describe, expect, test } from 'vitest';
import { otlpSettings } from '../../../lib/model/network/otlp-settings.ts';
import { modelOf, onlyContainer } from '../support/model-of.ts';
import { podWith } from '../support/pod.ts';

function settingsOf(env: Readonly<Record<string, string>>) {
  const model = modelOf(podWith({ env: Object.entries(env).map(([name, value]) => ({ name, value })) }));
  const { workload, container } = onlyContainer(model);
  const { endpoint, endpointVariable, protocol } = otlpSettings(model.environment(workload, container));
  return [endpointVariable?.name, endpoint?.text, protocol];
}

describe('what an SDK is told', () => {
  test('for traces wins over what it is told for all signals', () => {
    expect(
      settingsOf({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://all:4317',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
      }),
    ).toEqual(['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://traces:4318', 'http/protobuf']);
  });

  test('with an empty variable counts as not told', () => {
    expect(
      settingsOf({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://all:4317' }),
    ).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://all:4317', undefined]);
    expect(settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual([undefined, undefined, undefined]);
  });
});
