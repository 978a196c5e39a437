import { changeFiles } from '../../test/verify/support/changes.ts';
import type { Break } from './break.ts';

const sampler = '- name: OTEL_TRACES_SAMPLER\n              value: parentbased_always_on';
const endpoint = 'http://coralogix-opentelemetry-collector:4317';

/** Ways to break what is committed, while the cluster stays as it was. */
export const fileBreaks: readonly Break[] = [
  {
    name: 'the SDK is switched off',
    change: changeFiles(sampler, '- name: OTEL_SDK_DISABLED\n              value: "true"'),
    hop: 'manifest',
    cause: 'it is switched off',
  },
  {
    name: 'the SDK exports no traces',
    change: changeFiles(sampler, '- name: OTEL_TRACES_EXPORTER\n              value: none'),
    hop: 'manifest',
    cause: 'sets OTEL_TRACES_EXPORTER: none',
  },
  {
    name: 'the sampler keeps no span',
    change: changeFiles('value: parentbased_always_on', 'value: always_off'),
    hop: 'manifest',
    cause: 'keeps no span',
  },
  {
    name: 'the endpoint is Coralogix itself',
    change: changeFiles(endpoint, 'https://ingress.eu2.coralogix.com:443'),
    hop: 'manifest',
    cause: 'is Coralogix itself',
  },
  {
    name: 'the endpoint is the pod itself',
    change: changeFiles(endpoint, 'http://localhost:4317'),
    hop: 'manifest',
    cause: 'is the pod itself',
  },
  {
    name: 'the endpoint has a port that the Service lacks',
    change: changeFiles('opentelemetry-collector:4317', 'opentelemetry-collector:4319'),
    hop: 'manifest',
    cause: 'has no port 4319',
  },
  {
    name: 'protocol and port disagree',
    change: changeFiles(
      '- name: OTEL_EXPORTER_OTLP_PROTOCOL\n              value: grpc',
      '- name: OTEL_EXPORTER_OTLP_PROTOCOL\n              value: http/protobuf',
    ),
    hop: 'manifest',
    cause: 'takes gRPC',
  },
  {
    name: 'the key of the endpoint is missing in the ConfigMap',
    change: changeFiles(/\n {2}OTEL_EXPORTER_OTLP_ENDPOINT: .*\n/, '\n'),
    hop: 'manifest',
    cause: 'ConfigMap dataprime-config has no key OTEL_EXPORTER_OTLP_ENDPOINT',
  },
  {
    name: 'a reference is written with braces',
    change: changeFiles('k8s.pod.ip=$(K8S_POD_IP)', 'k8s.pod.ip=${K8S_POD_IP}'),
    hop: 'manifest',
    cause: 'which the kubelet does not replace',
  },
  {
    name: "the pod's address is that of its node",
    change: changeFiles('fieldPath: status.podIP', 'fieldPath: status.hostIP'),
    hop: 'manifest',
    cause: 'k8s.pod.ip is status.hostIP, not status.podIP',
  },
  {
    name: 'no pipeline leads to the span metrics',
    change: changeFiles(/( +)- spanmetrics\n/, ''),
    hop: 'manifest',
    cause: 'no pipeline exports to spanmetrics of DaemonSet coralogix-opentelemetry-agent',
  },
  {
    name: 'the histogram has another unit',
    change: changeFiles(/unit: ms/g, 'unit: s'),
    hop: 'manifest',
    cause: 'duration_seconds_bucket',
  },
  {
    name: 'the domain has a scheme',
    change: changeFiles('domain: eu2.coralogix.com', 'domain: https://eu2.coralogix.com'),
    hop: 'manifest',
    cause: 'is no domain of Coralogix',
  },
];
