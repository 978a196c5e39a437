import { describe, expect, test } from 'vitest';
import { explainSender } from '../../../lib/explain/explain-service.ts';
import { tracedContainers } from '../../../lib/forecast/traced-container.ts';
import { sendersOf } from '../../../lib/model/path/sender.ts';
import {
  applicationContainers,
  type Instrumentation,
  instrumentedContainers,
} from '../../../lib/model/spans/instrumentation.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { first, modelOf } from '../support/model-of.ts';
import { documents } from '../support/pod.ts';
import { application, collector, type SmallSystemProps, smallSystem } from '../support/small-system.ts';

/** No variable of an SDK. */
const bare = {
  OTEL_SERVICE_NAME: undefined,
  OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
  OTEL_EXPORTER_OTLP_PROTOCOL: undefined,
  OTEL_RESOURCE_ATTRIBUTES: undefined,
};
const javaAgent = '-javaagent:/otel/opentelemetry-javaagent.jar';

const cases: readonly (readonly [string, SmallSystemProps, Instrumentation['kind']])[] = [
  ['a switch with a space before it', { env: { OTEL_SDK_DISABLED: ' true' } }, 'off'],
  ['an exporter of traces that is a reference to nothing', { env: { OTEL_TRACES_EXPORTER: '$(X)' } }, 'evident'],
  ['a sampler alone', { env: { ...bare, OTEL_TRACES_SAMPLER: 'always_on' } }, 'evident'],
  ['an exporter of metrics alone', { env: { ...bare, OTEL_METRICS_EXPORTER: 'otlp' } }, 'unknown'],
  ['a Java agent in its arguments', { env: bare, container: { args: [javaAgent, '-jar', 'a.jar'] } }, 'evident'],
  ['a Java agent in a variable', { env: { ...bare, JAVA_TOOL_OPTIONS: javaAgent } }, 'evident'],
  ['another exporter of traces', { env: { OTEL_TRACES_EXPORTER: 'none' } }, 'off'],
  ['two exporters of traces', { env: { OTEL_TRACES_EXPORTER: 'console,otlp' } }, 'evident'],
  ['a switch in capitals', { env: { OTEL_SDK_DISABLED: 'TRUE ' } }, 'off'],
  ['nothing but SERVICE_NAME', { env: { ...bare, SERVICE_NAME: 'api' } }, 'unknown'],
];

describe('whether a container sends spans has one answer for', () => {
  test.each(cases)('%s', (_, props, kind) => {
    const model = modelOf(smallSystem(props));
    expect(applicationContainers(model).map(({ instrumentation }) => instrumentation.kind)).toEqual([kind]);

    const sends = kind === 'evident';
    expect(instrumentedContainers(model), 'lint').toHaveLength(sends ? 1 : 0);
    const sdk = first(explainSender(model, first(sendersOf(model))).hops);
    expect(sdk.status === 'broken' && sdk.message.includes('switched off'), 'explain').toBe(kind === 'off');
    expect(sdk.message.includes('whether it sends spans, and where, is not known'), 'explain').toBe(kind === 'unknown');
    const traced = tracedContainers(model);
    expect(traced, 'forecast').toHaveLength(kind === 'unknown' ? 0 : 1);
    expect(
      traced.some(({ reason = '' }) => reason.includes('it sends no spans')),
      'forecast',
    ).toBe(kind === 'off');
  });
});

describe('the operator injects', () => {
  const inject = { 'instrumentation.opentelemetry.io/inject-java': 'true' };
  const containers = [{ name: 'second', image: 'second:1' }];
  const injected = (annotations: Record<string, string>, namespace: Record<string, string> = {}) => {
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations: namespace } };
    const app = application({ env: bare, metadata: { annotations }, containers });
    const model = modelOf(documents(...[object, app, ...collector({})].map((part) => toYaml(part))));
    return instrumentedContainers(model).map(({ container }) => container.name);
  };
  test.each([
    ['the first container', inject, {}, ['app']],
    ['the first container, by its namespace', {}, inject, ['app']],
    [
      'none, when the pod refuses what its namespace asks for',
      { ...inject, 'instrumentation.opentelemetry.io/inject-java': 'false' },
      inject,
      [],
    ],
    [
      'the containers that are named',
      { ...inject, 'instrumentation.opentelemetry.io/container-names': 'second' },
      {},
      ['second'],
    ],
    [
      'those that are named for a language',
      { ...inject, 'instrumentation.opentelemetry.io/java-container-names': 'app, second' },
      {},
      ['app', 'second'],
    ],
  ])('%s', (_, annotations, namespace, names) => {
    expect(injected(annotations, namespace)).toEqual(names);
  });
});
