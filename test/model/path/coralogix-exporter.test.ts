import { describe, expect, test } from 'vitest';
import {
  explainedSmall,
  headlineOf,
  hopMessages,
  hopOf,
  marksOf,
  messagesOf,
} from '../../explain/support/explained.ts';
import { collector, coralogix, type SmallSystemProps } from '../support/small-system.ts';

const loadbalancing = {
  protocol: { otlp: { tls: { insecure: true } } },
  resolver: { dns: { hostname: 'gateway.otel' } },
};

const gateway = (props: SmallSystemProps = {}) =>
  collector(
    {
      collectorKind: 'Deployment',
      processors: ['tail_sampling'],
      settings: { tail_sampling: { policies: [{ name: 'all', type: 'always_sample' }] } },
      exporters: ['coralogix'],
      metrics: { receivers: ['otlp'] },
      service: { clusterIP: 'None' },
      ...props,
    },
    'gateway',
  );

const throughGateway = (more = gateway(), exporters = ['spanmetrics', 'loadbalancing']): SmallSystemProps => ({
  exporters,
  exporterSettings: { loadbalancing },
  more,
});

test('span and metrics leave from the agent', () => {
  expect(messagesOf('export', {})).toEqual([
    '✓ span and span metrics leave for eu2.coralogix.com',
    'the span leaves DaemonSet agent by coralogix',
    'the span metrics leave DaemonSet agent by coralogix',
  ]);
});

describe('export', () => {
  test.each([
    ['nothing for traces', { exporters: ['spanmetrics', 'debug'] }, '✓✓✓✓✓✓✗?', 'the span stays in DaemonSet agent'],
    [
      'nothing for metrics',
      { metrics: { exporters: ['debug'] } },
      '✓✓✓✓✓✓✗?',
      'the span metrics stay in the collector',
    ],
    [
      'no domain, with which the collector does not start',
      { exporterSettings: { coralogix: { ...coralogix, domain: '' } } },
      '✓✓✓✗??✗?',
      'the exporter has no domain of Coralogix',
    ],
  ])('breaks with %s', (_, props, marks, message) => {
    expect(hopOf(explainedSmall(props), 'export')).toMatchObject({ status: 'broken', message });
    expect(marksOf(explainedSmall(props))).toBe(marks);
  });

  test('cannot tell what another back end is', () => {
    const props = {
      exporters: ['spanmetrics', 'otlp'],
      exporterSettings: { otlp: { endpoint: 'tempo.example.org:4317' } },
    };
    expect(messagesOf('export', props)[0]).toBe(
      '? cannot tell whether Coralogix gets the span: no exporter sends to it',
    );
    expect(marksOf(explainedSmall(props))).toBe('✓✓✓✓✓✓??');
  });
});

describe('gateway', () => {
  test('gets the span from the agent, which has counted it', () => {
    const explanation = explainedSmall(throughGateway());
    expect(marksOf(explanation)).toBe('✓✓✓✓✓✓✓✓✓');
    expect(hopMessages(explanation, 'gateway')).toEqual([
      '✓ the span goes on to Deployment gateway',
      'loadbalancing of DaemonSet agent sends it on',
      'tail_sampling keeps whole traces or none',
    ]);
    expect(hopMessages(explanation, 'export')).toEqual([
      '✓ span and span metrics leave for eu2.coralogix.com',
      'the span leaves Deployment gateway by coralogix',
      'the span metrics leave DaemonSet agent by coralogix',
    ]);
  });

  test.each([
    ['none', throughGateway([]), 'gateway: the span goes to a gateway that does not exist'],
    [
      'one that takes no spans',
      throughGateway(gateway({ receiver: {} })),
      'gateway: Deployment gateway takes no spans',
    ],
    [
      'an agent that exports as well',
      throughGateway(gateway(), ['spanmetrics', 'loadbalancing', 'coralogix']),
      'export: the span arrives, and is paid for, twice',
    ],
    [
      'one that counts again',
      throughGateway(gateway({ processors: [], exporters: ['spanmetrics', 'coralogix'], metrics: {} })),
      'spanmetrics: the span is counted twice',
    ],
    [
      'one that alone counts, behind its sampler',
      throughGateway(gateway({ exporters: ['spanmetrics', 'coralogix'], metrics: {} }), ['loadbalancing']),
      'spanmetrics: spanmetrics counts only what is sampled',
    ],
  ])('breaks with %s', (_, props, message) => {
    expect(headlineOf(explainedSmall(props))).toBe(`breaks at ${message}`);
  });

  test('changes nothing of a pod that the agent has found', () => {
    const more = gateway({ processors: ['k8sattributes'], settings: { k8sattributes: { passthrough: true } } });
    expect(marksOf(explainedSmall(throughGateway(more)))).toBe('✓✓✓✓✓✓✓✓✓');
    const counting = gateway({
      processors: ['k8sattributes'],
      settings: { k8sattributes: { passthrough: true } },
      exporters: ['spanmetrics', 'coralogix'],
      metrics: {},
    });
    const props = { ...throughGateway(counting, ['loadbalancing']), metrics: { receivers: ['otlp'] } };
    expect(messagesOf('processors', props)[0]).toBe(
      '✓ k8sattributes finds the pod, and the span has its name and its node',
    );
  });

  test('may look up the pod by what the span says, and not by the connection', () => {
    const enriching = gateway({ processors: ['k8sattributes'], exporters: ['spanmetrics', 'coralogix'], metrics: {} });
    const props = { ...throughGateway(enriching, ['loadbalancing']), processors: [], metrics: { receivers: ['otlp'] } };
    expect(hopOf(explainedSmall(props), 'processors').status).toBe('ok');
    expect(messagesOf('processors', { ...props, env: { OTEL_RESOURCE_ATTRIBUTES: undefined } }).slice(0, 2)).toEqual([
      '✗ no processor adds k8s.pod.name and k8s.node.name',
      'DaemonSet agent is at the other end of that connection',
    ]);
  });
});

describe('Coralogix', () => {
  test('names are those of namespace and workload', () => {
    expect(messagesOf('Coralogix', {})).toEqual([
      '✓ application shop, subsystem api',
      "the application is the span's k8s.namespace.name",
      "the subsystem is the span's k8s.deployment.name",
    ]);
    expect(explainedSmall({})).toMatchObject({ application: 'shop', subsystem: 'api' });
  });

  test.each([
    ['StatefulSet', ['k8s.statefulset.name']],
    ['CronJob', ['k8s.cronjob.name']],
    ['DaemonSet', ['k8s.daemonset.name']],
  ])('of a %s as well', (kind, extracted) => {
    const k8sattributes = {
      extract: { metadata: ['k8s.namespace.name', 'k8s.node.name', 'k8s.pod.name', ...extracted] },
    };
    const env = { OTEL_SERVICE_NAME: 'the-service' };
    const { application, subsystem } = explainedSmall({ kind, env, settings: { k8sattributes } }, 'the-service');
    expect([application, subsystem]).toEqual(['shop', kind === 'DaemonSet' ? 'the-service' : 'api']);
  });

  test('the defaults mean that nothing was found', () => {
    const props = {
      exporterSettings: { coralogix: { ...coralogix, application_name_attributes: ['service.namespace'] } },
    };
    expect(messagesOf('Coralogix', props)[0]).toBe(
      '✗ application otel, subsystem api: the defaults, which all unnamed data shares',
    );
  });

  test('a name that the exporter says itself is as good', () => {
    const exporterSettings = {
      coralogix: {
        ...coralogix,
        application_name_attributes: [],
        subsystem_name_attributes: [],
        application_name: 'all',
        subsystem_name: 'one',
      },
    };
    expect(messagesOf('Coralogix', { exporterSettings })[0]).toBe('✓ application all, subsystem one');
  });

  test('plain OTLP has them in attributes or headers, or nobody knows', () => {
    const otlp = { endpoint: 'ingress.eu2.coralogix.com:443' };
    const with_ = (settings: object) =>
      messagesOf('Coralogix', {
        exporters: ['spanmetrics', 'otlp'],
        exporterSettings: { otlp: { ...otlp, ...settings } },
      })[0];
    expect(with_({})).toBe('? application (cannot tell), subsystem (cannot tell)');
    expect(with_({ headers: { 'CX-Application-Name': 'a', 'CX-Subsystem-Name': 'b' } })).toBe(
      '✓ application a, subsystem b',
    );
  });
});
