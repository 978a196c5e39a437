import { subChart } from '../../chart/names.ts';
import { groupBy } from '../../group-by.ts';
import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import type { Cause } from '../../model/path/hop.ts';
import { type BrokenHop, brokenHops } from '../../model/path/walked-path.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { targetPort } from '../../model/spans/listener-at.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { usersOf } from './support/value-source.ts';

export const requireWholePath: Rule = {
  id: 'require-whole-path',
  severity: 'error',
  documentation: {
    summary: 'Reports a hop on the path of spans that loses them, or what they need, where no other rule knows more.',
    why: 'A span passes an address, a receiver, processors, the span metrics connector and an exporter, perhaps of several collectors. Each may be right by itself, and the path broken between them: the endpoint names a port on which no receiver listens, or a gateway has no pipeline that receives what the agent sends. Whatever `podhost explain` marks as broken is a finding.',
    remediation: 'Run `podhost explain SERVICE`, which prints the whole path with the place of each decision.',
    example: `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [k8sattributes, batch]
      exporters: [spanmetrics, coralogix]`,
    see: ['https://opentelemetry.io/docs/collector/architecture/'],
  },
  check(model) {
    const found = brokenHops(model).flatMap((broken) => {
      const suggestion = remedies[broken.hop.cause]?.(broken);
      return suggestion === undefined ? [] : [{ ...broken, suggestion, workload: broken.sender.workload }];
    });
    const same = groupBy(found, ({ hop }) =>
      [hop.cause, hop.message, hop.place?.()?.file, hop.place?.()?.line].join('\n'),
    );
    return [...same.values()].map((uses) => findingOf(model, uses));
  },
};

type Found = BrokenHop & { readonly suggestion: string; readonly workload: BrokenHop['sender']['workload'] };

/** What to write, by the causes that no other rule reports; undefined where one does. */
const remedies: Partial<Readonly<Record<Cause, (broken: BrokenHop) => string | undefined>>> = {
  'no-configuration': ({ spanPath }) =>
    spanPath.collectors.some(({ unread, rendered }) => unread?.kind === 'none' && rendered === undefined)
      ? 'name a configuration in its command'
      : undefined,
  'no-replicas': ({ spanPath }) => `write: ${spanPath.collectors.some(isOfChart) ? 'replicaCount' : 'replicas'}: 1`,
  'no-cluster-dns': ({ hop, sender, spanPath }) => {
    const pod = hop.name === 'gateway' ? spanPath.collector : sender.workload;
    return `write in ${pod === sender.workload ? 'the pod template' : `the pods of ${pod?.title}`}: dnsPolicy: ${pod?.hostNetwork === true ? 'ClusterFirstWithHostNet' : 'ClusterFirst'}`;
  },
  'network-policy': ({ hop }) =>
    hop.name === 'export'
      ? 'allow it by a rule of Egress with ports: [{ port: 443 }, { port: 53, protocol: UDP }], and to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] or no to'
      : 'allow it by a rule of a NetworkPolicy that selects the pods, by podSelector and port',
  'no-agent-on-node': () =>
    'send to a collector that need not be on the same node, or run the pods where the agent runs',
  'other-system': () =>
    'run an agent on the Windows nodes too, or send to a collector that need not be on the same node',
  'no-listener': ({ spanPath: { settings, collector, answer } }) => {
    const ports = collector?.listeners.map(({ port }) => port) ?? [];
    const { port } = settings.endpoint ?? {};
    const target = answer?.kind === 'collector' && port !== undefined ? targetPort(answer, port) : port;
    const service = answer?.kind === 'collector' ? answer.services.at(-1) : undefined;
    const meant = service?.isAtNode === true ? ports[0] : ports.find((each) => each === port);
    if (service !== undefined && target !== port && meant !== undefined) {
      return `write in Service ${service.name}: targetPort: ${meant}`;
    }
    return settings.endpoint?.port === undefined
      ? undefined
      : `send to ${ports.length === 0 ? 'a receiver otlp that a pipeline of traces uses' : `port ${ports.join(' or ')}`}`;
  },
  'unused-receiver': () => 'add it to the receivers of a pipeline of traces',
  'no-gateway': ({ spanPath }) => (isOfChart(spanPath.collectors[0]) ? undefined : 'name the Service of a gateway'),
  'closed-gateway': () => 'give it a pipeline of traces with the receiver otlp',
  'no-sampling-policy': ({ hop, spanPath }) => {
    if (hop.reasons[0]?.message.endsWith('policies') !== true) {
      return 'write below it: sampling_percentage: 100';
    }
    return spanPath.collectors.some((each) => isChartGateway(each) && hop.message.startsWith(`${each.title} `))
      ? undefined
      : 'write below it: policies: [{ name: keep-all, type: always_sample }]';
  },
  'gateway-port': ({ spanPath: { collectors } }) => {
    const [listener] = collectors[1]?.listeners ?? [];
    return `send to a port on which the gateway listens${listener === undefined ? '' : `, such as ${listener.port} (${listener.protocol === 'grpc' ? 'otlp' : 'otlphttp'})`}, bound to 0.0.0.0`;
  },
  'gateway-tls': ({ hop }) =>
    hop.message.includes('no certificate')
      ? 'write below the exporter: tls: { insecure: true }'
      : 'configure tls of the exporter',
  'missing-label': () => 'leave it among the dimensions, and out of exclude_dimensions',
  'no-exporter': () => 'add an exporter to the pipeline of traces',
  'no-metrics-exporter': () => 'add an exporter to that pipeline of metrics',
  'exported-twice': ({ spanPath }) =>
    isOfChart(spanPath.collectors[0]) ? undefined : 'remove the exporter to Coralogix from the traces of the agent',
  'default-names': () => 'send one of these attributes, or name another in application_name_attributes',
};

const isOfChart = (collector: { readonly fromValues: boolean } | undefined): boolean => collector?.fromValues === true;

const isChartGateway = ({ rendered }: Collector): boolean => rendered?.chart.alias === subChart.gateway;

function findingOf(model: Model, uses: readonly [Found, ...Found[]]): RuleFinding {
  const [{ hop, sender, spanPath, suggestion }] = uses;
  const reason = hop.reasons[0]?.message;
  const collector = spanPath.collectors.find((each) => hop.message.includes(each.title)) ?? spanPath.collector;
  const { manifest } = (collector === undefined ? undefined : collectorWorkload(model, collector)) ?? {};
  return {
    message: `the path of the spans of ${usersOf(uses)} is broken at ${hop.name}: ${hop.message}${reason === undefined ? '' : `, because ${reason}`}`,
    place: hop.place?.() ?? hop.reasons[0]?.place?.() ?? sender.workload.place(),
    suggestion,
    ...(manifest === undefined ? {} : { manifest }),
  };
}
