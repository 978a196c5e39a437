import { expect, test } from 'vitest';
import { commonKeySources, providedVariable } from '../../../lib/config/rules/variables.ts';
import { commonKeys } from '../../../lib/constructs/application-config.ts';
import { endpointVariable } from '../../../lib/telemetry/environment.ts';

test('the common keys are those that the ConfigMap is synthesized with', () => {
  expect(Object.keys(commonKeySources).sort()).toEqual([...commonKeys, endpointVariable].sort());
});

test.each([
  'OTEL_SERVICE_NAME',
  'SERVICE_NAME',
  'SERVICE_VERSION',
  'K8S_POD_NAME',
  'K8S_POD_UID',
  'K8S_POD_IP',
  'K8S_NODE_NAME',
  'K8S_NAMESPACE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_SDK_DISABLED',
  'OTEL_PROPAGATORS',
  'OTEL_NODE_RESOURCE_DETECTORS',
  'OTEL_EXPERIMENTAL_RESOURCE_DETECTORS',
])('%s belongs to the telemetry', (name) => {
  expect(providedVariable(name)).toEqual({ by: 'telemetry' });
});

test.each([
  'LOG_LEVEL',
  'OTEL_PYTHON_LOG_LEVEL',
  'OTEL_BSP_MAX_QUEUE_SIZE',
  'OTEL_SEMCONV_STABILITY_OPT_IN',
  'HOTEL_NAME',
  'toString',
])('%s is up to the configuration', (name) => {
  expect(providedVariable(name)).toBeUndefined();
});
