import type { HopId } from '../../lib/verify/hop.ts';
import {
  agentMetrics,
  all,
  type Change,
  changeContainers,
  changeFiles,
  changeObjects,
  changeSeries,
  changeSpans,
  changeText,
  removeObjects,
  setIn,
  withoutLabel,
} from './support/changes.ts';
import { agentName, ago, collectorNamespace, figures, type TestSystem } from './support/healthy-system.ts';

/** One way to break a system, and what verify must answer. */
export interface Break {
  readonly name: string;
  readonly change: Change;
  /** The hop of the headline. */
  readonly hop: HopId;
  /** A part of the headline's cause. */
  readonly cause: string;
  /** A part of what mends it. */
  readonly remedy?: string;
}

/** The collectors come from a chart, so that no committed manifest shows what the cluster has. */
const fromChart: Change = (system) => {
  delete system.files['15-collector-agent.yaml'];
  delete system.files['15-collector-cluster.yaml'];
};

const liveConfig = (from: string, to: string): Change => all(fromChart, changeText('ConfigMap', agentName, from, to));

const noSpans =
  (service?: string): Change =>
  (system) => {
    system.spans = system.spans.filter((each) => service !== undefined && each.service !== service);
  };

const crashed = (reason: string, ended: object): object => ({
  restartCount: 7,
  state: { waiting: { reason, message: 'back-off 5m0s' } },
  lastState: { terminated: ended },
});

const agentLog =
  (text: string): Change =>
  (system: TestSystem) => {
    for (const { kind, metadata } of system.objects) {
      if (kind === 'Pod' && metadata.name.startsWith(agentName)) {
        system.logs[`${collectorNamespace}/${metadata.name}`] = text;
      }
    }
  };

export const breaks: readonly Break[] = [
  // What is committed.
  {
    name: 'the SDK is switched off in the files',
    change: changeFiles(
      '- name: OTEL_TRACES_SAMPLER\n              value: parentbased_always_on',
      '- name: OTEL_SDK_DISABLED\n              value: "true"',
    ),
    hop: 'manifest',
    cause: 'it is switched off',
  },
  {
    name: 'the endpoint is Coralogix itself in the files',
    change: changeFiles('http://coralogix-opentelemetry-collector:4317', 'https://ingress.eu2.coralogix.com:443'),
    hop: 'manifest',
    cause: 'is Coralogix itself',
  },
  {
    name: 'the endpoint has a port that the Service does not have',
    change: changeFiles('coralogix-opentelemetry-collector:4317', 'coralogix-opentelemetry-collector:4319'),
    hop: 'manifest',
    cause: 'has no port 4319',
  },
  {
    name: 'the alias Service is missing in the files',
    change: (system) => {
      delete system.files['10-collector-endpoint.yaml'];
    },
    hop: 'manifest',
    cause: 'has no Service coralogix-opentelemetry-collector',
  },
  {
    name: 'protocol and port disagree in the files',
    change: changeFiles(
      '- name: OTEL_EXPORTER_OTLP_PROTOCOL\n              value: grpc',
      '- name: OTEL_EXPORTER_OTLP_PROTOCOL\n              value: http/protobuf',
    ),
    hop: 'manifest',
    cause: 'takes gRPC',
  },
  // What is applied.
  {
    name: 'a Deployment was never applied',
    change: all(removeObjects('Deployment', 'api-gateway'), removeObjects('Pod', 'api-gateway')),
    hop: 'applied',
    cause: 'Deployment dataprime-demo/api-gateway is not in the cluster',
    remedy: 'kubectl apply -f',
  },
  {
    name: 'a variable of the Deployment was changed in the cluster',
    change: changeText(
      'Deployment',
      'api-gateway',
      '"name":"OTEL_SERVICE_NAME","value":"api-gateway"',
      '"name":"OTEL_SERVICE_NAME","value":"gateway"',
    ),
    hop: 'applied',
    cause: 'env[OTEL_SERVICE_NAME].value is "gateway", and is committed as "api-gateway"',
    remedy: 'kubectl apply -f',
  },
  {
    name: 'the endpoint in the ConfigMap was changed in the cluster',
    change: changeText(
      'ConfigMap',
      'dataprime-config',
      'http://coralogix-opentelemetry-collector:4317',
      'http://localhost:4317',
    ),
    hop: 'applied',
    cause: 'data.OTEL_EXPORTER_OTLP_ENDPOINT is "http://localhost:4317"',
  },
  {
    name: 'the alias Service was deleted in the cluster',
    change: removeObjects('Service', 'coralogix-opentelemetry-collector', 'dataprime-demo'),
    hop: 'applied',
    cause: 'Service coralogix-opentelemetry-collector of namespace dataprime-demo is not in the cluster',
  },
  {
    name: 'the traffic policy of the agent was changed in the cluster',
    change: changeText(
      'Service',
      'coralogix-opentelemetry',
      '"internalTrafficPolicy":"Local"',
      '"internalTrafficPolicy":"Cluster"',
    ),
    hop: 'applied',
    cause: 'spec.internalTrafficPolicy is "Cluster"',
  },
  {
    name: 'the configuration of the agent was changed in the cluster',
    change: changeText('ConfigMap', agentName, 'domain: eu2.coralogix.com', 'domain: eu1.coralogix.com'),
    hop: 'applied',
    cause: 'collector.yaml.exporters.coralogix.domain is "eu1.coralogix.com"',
  },
  // The rollout.
  {
    name: 'an image cannot be pulled',
    change: all(
      changeContainers('api-gateway', { state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }),
      changeObjects('Deployment', 'api-gateway', (object) => setIn(object, ['status', 'readyReplicas'], 0)),
    ),
    hop: 'rollout',
    cause: 'its image cannot be pulled (ImagePullBackOff): not found',
    remedy: 'kubectl describe pod/api-gateway-',
  },
  {
    name: 'the service crashes',
    change: changeContainers('query-service', crashed('CrashLoopBackOff', { exitCode: 2, reason: 'Error' })),
    hop: 'rollout',
    cause: 'crash loop: exit status 2',
    remedy: '--previous',
  },
  {
    name: 'the service exceeds its memory limit',
    change: changeContainers('query-service', crashed('CrashLoopBackOff', { exitCode: 137, reason: 'OOMKilled' })),
    hop: 'rollout',
    cause: 'exceeds its memory limit',
  },
  {
    name: 'a key of a Secret is missing, and the container cannot be created',
    change: changeContainers('api-gateway', {
      state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "dataprime-secrets" not found' } },
    }),
    hop: 'rollout',
    cause: 'its container cannot be created: secret "dataprime-secrets" not found',
  },
  {
    name: 'no node takes a pod',
    change: changeObjects('Pod', 'api-gateway', (object) => {
      setIn(object, ['spec', 'nodeName'], undefined);
      setIn(object, ['status'], {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', message: '0/2 nodes are available' }],
      });
    }),
    hop: 'rollout',
    cause: 'no node takes it: 0/2 nodes are available',
  },
  {
    name: 'the rollout exceeds its deadline',
    change: changeObjects('Deployment', 'api-gateway', (object) =>
      setIn(
        object,
        ['status', 'conditions'],
        [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'has timed out progressing',
          },
        ],
      ),
    ),
    hop: 'rollout',
    cause: 'the rollout does not advance: has timed out progressing',
  },
  {
    name: 'the rollout is paused',
    change: changeObjects('Deployment', 'api-gateway', (object) => {
      setIn(object, ['spec', 'paused'], true);
      setIn(object, ['status', 'updatedReplicas'], 0);
    }),
    hop: 'rollout',
    cause: 'the rollout is paused',
    remedy: 'kubectl rollout resume deployment/api-gateway',
  },
  // The environment of the pods.
  {
    name: 'pods run with another variable than the pod template has',
    change: changeText('Pod', 'api-gateway', 'k8s.pod.ip=$(K8S_POD_IP),', ''),
    hop: 'environment',
    cause: 'OTEL_RESOURCE_ATTRIBUTES of pod api-gateway-abc12-0xyz is not that of the pod template',
    remedy: 'kubectl rollout restart deployment/api-gateway',
  },
  {
    name: 'the ConfigMap changed after the pods had started',
    change: changeObjects('ConfigMap', 'dataprime-config', (object) =>
      setIn(
        object,
        ['metadata', 'managedFields'],
        [{ manager: 'kubectl', time: ago(60_000), fieldsV1: { 'f:data': { 'f:OTEL_EXPORTER_OTLP_ENDPOINT': {} } } }],
      ),
    ),
    hop: 'environment',
    cause: 'ConfigMap dataprime-config changed after the pods had started',
    remedy: 'kubectl rollout restart deployment/api-gateway',
  },
  {
    name: 'a Secret of the service was deleted',
    change: removeObjects('Secret', 'dataprime-secrets'),
    hop: 'environment',
    cause: 'Secret dataprime-secrets does not exist in namespace dataprime-demo',
    remedy: 'kubectl create secret generic dataprime-secrets',
  },
  {
    name: 'a Secret of the service has lost a key',
    change: changeObjects('Secret', 'dataprime-secrets', (object) => setIn(object, ['data'], { OTHER: 'eA==' })),
    hop: 'environment',
    cause: 'Secret dataprime-secrets of namespace dataprime-demo has no key OPENAI_API_KEY',
  },
  // The collector.
  {
    name: 'the agent crashes because of a duplicate dimension',
    change: all(
      changeContainers(agentName, crashed('CrashLoopBackOff', { exitCode: 1, reason: 'Error' })),
      agentLog(
        'Error: invalid configuration: connectors::spanmetrics: failed validating dimensions: duplicate dimension name service.version\n',
      ),
    ),
    hop: 'collector',
    cause: 'DaemonSet coralogix/coralogix-opentelemetry-agent: crash loop: duplicate dimension service.version',
    remedy: 'remove service.version from the dimensions of the span metrics',
  },
  {
    name: 'the agent is killed because of its memory',
    change: changeContainers(agentName, crashed('CrashLoopBackOff', { exitCode: 137, reason: 'OOMKilled' })),
    hop: 'collector',
    cause: 'exceeds its memory limit',
  },
  {
    name: 'a node runs no agent',
    change: removeObjects('Pod', `${agentName}-1`),
    hop: 'collector',
    cause: 'runs no pod on node node-b',
  },
  {
    name: 'the agent has been unready for long',
    change: all(
      changeContainers(agentName, { state: { running: { startedAt: ago(3_600_000) } } }),
      agentLog('error\tfailed to start: listen tcp: bind: address already in use\n'),
    ),
    hop: 'collector',
    cause: 'is not ready on node node-a: a port that it listens on is already in use on its node',
  },
  {
    name: 'the Secret with the private key is missing',
    change: removeObjects('Secret', 'coralogix-keys'),
    hop: 'collector',
    cause: 'Secret coralogix-keys does not exist',
    remedy:
      'kubectl create secret generic coralogix-keys --namespace coralogix --from-literal "PRIVATE_KEY=$PRIVATE_KEY"',
  },
  {
    name: 'the Secret with the private key has another key',
    change: changeText('Secret', 'coralogix-keys', 'PRIVATE_KEY', 'API_KEY'),
    hop: 'collector',
    cause: 'Secret coralogix-keys has no key PRIVATE_KEY',
  },
  {
    name: 'the agent runs its former configuration',
    change: changeObjects('ConfigMap', agentName, (object) =>
      setIn(
        object,
        ['metadata', 'managedFields'],
        [{ manager: 'helm', time: ago(60_000), fieldsV1: { 'f:data': { 'f:collector.yaml': {} } } }],
      ),
    ),
    hop: 'collector',
    cause: 'runs its former configuration',
    remedy: 'kubectl rollout restart daemonset/coralogix-opentelemetry-agent',
  },
  {
    name: 'the DaemonSet of the agent was deleted',
    change: all(
      fromChart,
      removeObjects('DaemonSet', agentName),
      removeObjects('Pod', agentName),
      removeObjects('EndpointSlice', 'coralogix-opentelemetry'),
    ),
    hop: 'endpoint',
    cause: 'Service coralogix/coralogix-opentelemetry has no ready address',
  },
  // The endpoint.
  {
    name: 'the Service of the agent has no ready address on a node',
    change: changeObjects('EndpointSlice', 'coralogix-opentelemetry', (object) =>
      setIn(object, ['endpoints'], [{ nodeName: 'node-a', conditions: { ready: true } }]),
    ),
    hop: 'endpoint',
    cause: 'has no ready address on node node-b, and internalTrafficPolicy Local leads to no other node',
  },
  {
    name: 'the Service of the agent was deleted, and none of its manifests is committed',
    change: all(
      fromChart,
      removeObjects('Service', 'coralogix-opentelemetry', collectorNamespace),
      removeObjects('EndpointSlice', 'coralogix-opentelemetry'),
    ),
    hop: 'endpoint',
    cause: 'namespace coralogix has no Service coralogix-opentelemetry',
  },
  {
    name: 'the Service of the chart selects other pods',
    change: all(
      fromChart,
      changeObjects('Service', 'coralogix-opentelemetry', (object) =>
        setIn(object, ['spec', 'selector'], { app: 'nothing' }),
      ),
      removeObjects('EndpointSlice', 'coralogix-opentelemetry'),
    ),
    hop: 'endpoint',
    cause: 'Service coralogix/coralogix-opentelemetry has no ready address',
  },
  // The live configuration.
  {
    name: 'the live agent removes the name of the pod and does not add it again',
    change: all(
      liveConfig('        - k8sattributes\\n', ''),
      changeText(
        'ConfigMap',
        agentName,
        'key: k8s.cluster.name\\n        value: dataprime-demo\\n        action: upsert',
        'key: k8s.pod.name\\n        action: delete',
      ),
    ),
    hop: 'pipeline',
    cause: 'no processor adds k8s.pod.name',
  },
  {
    name: 'the live agent counts no spans',
    change: liveConfig(
      '        - spanmetrics\\n        - forward/db\\n        - forward/compact\\n        - coralogix',
      '        - coralogix',
    ),
    hop: 'pipeline',
    cause: 'does not start: no pipeline exports to spanmetrics',
  },
  {
    name: 'the live receiver listens on localhost',
    change: liveConfig('endpoint: ${env:MY_POD_IP}:4317', 'endpoint: localhost:4317'),
    hop: 'pipeline',
    cause: 'no pod reaches localhost:4317',
  },
  {
    name: 'the live exporter has no domain',
    change: liveConfig('    domain: eu2.coralogix.com\\n', ''),
    hop: 'pipeline',
    cause: 'lacks domain',
  },
  // What the collector counts of itself.
  {
    name: 'Coralogix does not accept the private key of the agent',
    change: all(
      agentMetrics(
        figures({
          'otelcol_exporter_sent_spans_total{exporter="coralogix"}': 0,
          'otelcol_exporter_send_failed_spans_total{exporter="coralogix"}': 900,
        }),
      ),
      agentLog(
        '{"level":"error","msg":"Exporting failed. Dropping data.","error":"rpc error: code = Unauthenticated desc = invalid"}\n',
      ),
    ),
    hop: 'intake',
    cause: 'fails to send spans: Coralogix does not accept the private key',
    remedy: 'put the Send-Your-Data key',
  },
  {
    name: 'the private key is rejected, and the metrics of the agent cannot be read',
    change: all((system) => {
      system.metrics = {};
    }, agentLog(
      '{"level":"error","msg":"Exporting failed.","error":"rpc error: code = PermissionDenied desc = no"}\n',
    )),
    hop: 'intake',
    cause: 'exports nothing: Coralogix refuses the private key',
    remedy: 'put the Send-Your-Data key',
  },
  {
    name: 'the agent refuses spans because of its memory limit',
    change: all(
      agentMetrics(
        figures({
          'otelcol_receiver_accepted_spans_total{receiver="otlp"}': 0,
          'otelcol_receiver_refused_spans_total{receiver="otlp"}': 70,
        }),
      ),
      agentLog('{"level":"error","msg":"data refused due to high memory usage"}\n'),
    ),
    hop: 'intake',
    cause: 'refuses spans: it refuses data because its memory limit is reached',
  },
  {
    name: 'the sending queue of the agent is nearly full',
    change: agentMetrics(figures({ 'otelcol_exporter_queue_size{exporter="coralogix"}': 990 })),
    hop: 'intake',
    cause: 'has a sending queue that is 99 % full',
  },
  {
    name: 'the agent cannot resolve the host of Coralogix',
    change: all(
      agentMetrics(figures({ 'otelcol_exporter_sent_spans_total{exporter="coralogix"}': 0 })),
      agentLog(
        '{"level":"warn","msg":"failed","error":"dial tcp: lookup ingress.eu2.coralogix.com on 10.43.0.10:53: no such host"}\n',
      ),
    ),
    hop: 'intake',
    cause: 'sends no spans: the name ingress.eu2.coralogix.com cannot be resolved',
  },
  {
    name: 'nothing of a service reaches the agent',
    change: all(
      agentMetrics(
        figures({
          'otelcol_receiver_accepted_spans_total{receiver="otlp"}': 0,
          'otelcol_exporter_sent_spans_total{exporter="coralogix"}': 0,
        }),
      ),
      noSpans(),
    ),
    hop: 'intake',
    cause: 'has accepted no span since its start, and none is in Coralogix',
  },
  // What arrived.
  {
    name: 'no span of a service arrived',
    change: noSpans('api-gateway'),
    hop: 'spans',
    cause: 'no span arrived in the last 15 minutes, nor within a day',
  },
  { name: 'no span of any service arrived', change: noSpans(), hop: 'spans', cause: 'no span of any service arrived' },
  {
    name: 'the last span arrived hours ago',
    change: (system) => {
      system.spans = system.spans.map((spans) => ({ ...spans, age: 200 }));
    },
    hop: 'spans',
    cause: 'the last one arrived at',
  },
  {
    name: 'spans lack the name of the pod',
    change: changeSpans('k8s.pod.name', undefined),
    hop: 'enriched',
    cause: 'no span has k8s.pod.name',
  },
  {
    name: 'spans lack the name of the node',
    change: changeSpans('k8s.node.name', undefined, 'api-gateway'),
    hop: 'enriched',
    cause: 'no span has k8s.node.name',
  },
  {
    name: 'spans lack the name of the owner',
    change: changeSpans('k8s.deployment.name', undefined),
    hop: 'enriched',
    cause: 'no span has the name of the owner',
  },
  {
    name: 'spans name a pod of the collector',
    change: changeSpans('k8s.pod.name', 'coralogix-opentelemetry-gateway-0'),
    hop: 'enriched',
    cause: 'which is no pod of the service',
  },
  {
    name: 'spans name another node',
    change: changeSpans('k8s.node.name', 'node-z'),
    hop: 'enriched',
    cause: 'name node node-z, and it runs on',
  },
  {
    name: 'spans name another namespace',
    change: changeSpans('k8s.namespace.name', 'default'),
    hop: 'enriched',
    cause: 'name namespace default',
  },
  // The metrics.
  {
    name: 'there is no calls_total',
    change: changeSeries((series) => (series['__name__'] === 'calls_total' ? undefined : series)),
    hop: 'metrics',
    cause: 'calls_total has no series of the service',
  },
  {
    name: 'the histogram has another unit',
    change: changeSeries((series) =>
      series['__name__'] === 'duration_ms_bucket' ? { ...series, __name__: 'duration_seconds_bucket' } : series,
    ),
    hop: 'metrics',
    cause: 'duration_ms_bucket has no series of the service',
  },
  {
    name: 'the metrics lack the kind of the span',
    change: withoutLabel('span_kind'),
    hop: 'metrics',
    cause: 'no series of calls_total has span_kind',
  },
  {
    name: 'the metrics lack the pod',
    change: changeSeries((series) =>
      series['__name__'] === 'calls_total'
        ? Object.fromEntries(Object.entries(series).filter(([name]) => name !== 'k8s_pod_name'))
        : series,
    ),
    hop: 'metrics',
    cause: 'no series of calls_total has k8s_pod_name',
  },
  {
    name: 'the metrics overflow',
    change: (system) => {
      system.series.push({
        ...system.series.find((each) => each['__name__'] === 'calls_total'),
        otel_metric_overflow: 'true',
      });
    },
    hop: 'metrics',
    cause: 'more series are made than the collector may keep',
  },
  {
    name: 'there are no compact series',
    change: changeSeries((series) => (series['__name__']?.startsWith('compact_') === true ? undefined : series)),
    hop: 'compact',
    cause: 'there is no compact_calls_total',
    remedy: 'compactMetrics',
  },
  {
    name: 'the kubelet metrics are missing',
    change: changeSeries((series) => (series['__name__']?.startsWith('k8s_pod_') === true ? undefined : series)),
    hop: 'infrastructure',
    cause: 'there are no metrics of its pods',
    remedy: 'kubeletMetrics',
  },
  {
    name: 'the metrics of a node are missing',
    change: changeSeries((series) =>
      series['__name__']?.startsWith('system_') === true && series['k8s_node_name'] === 'node-b' ? undefined : series,
    ),
    hop: 'infrastructure',
    cause: 'there are no metrics of node node-b',
  },
  {
    name: 'the cluster has another name on the metrics of the pods',
    change: changeSeries((series) =>
      series['__name__']?.startsWith('k8s_pod_') === true ? { ...series, k8s_cluster_name: 'other' } : series,
    ),
    hop: 'infrastructure',
    cause: 'the cluster is dataprime-demo on spans, and other on the metrics of the pods',
  },
];
