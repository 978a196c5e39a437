import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { collectorService, otlpPort } from '../../chart/names.ts';
import { hostRoot } from '../../collector/components/receivers.ts';
import { CollectorWorkload, type CollectorWorkloadProps } from './collector-workload.ts';

const name = 'coralogix-opentelemetry-agent';

const otlpPorts = [
  { name: 'otlp', port: otlpPort.grpc, appProtocol: 'grpc' },
  { name: 'otlp-http', port: otlpPort.http },
];

/**
 * The collector on every node, and the Service that leads each pod to the one on its own.
 *
 * @see https://opentelemetry.io/docs/collector/deployment/agent/
 */
export class CollectorAgent extends CollectorWorkload {
  constructor(scope: Construct, id: string, props: CollectorWorkloadProps) {
    super(scope, id, props, {
      name,
      ports: otlpPorts.map(({ name, port }) => ({ name, containerPort: port, hostPort: port })),
      volumes: [
        { name: 'host-root', hostPath: { path: '/' } },
        { name: 'machine-id', hostPath: { path: '/etc/machine-id' } },
      ],
      volumeMounts: [
        { name: 'host-root', mountPath: hostRoot, readOnly: true, mountPropagation: 'HostToContainer' },
        { name: 'machine-id', mountPath: '/etc/machine-id', readOnly: true },
      ],
      pod: {
        hostNetwork: true,
        // With the node's own resolver the names of Services would not be found.
        dnsPolicy: 'ClusterFirstWithHostNet',
        priorityClassName: 'system-node-critical',
        tolerations: [{ operator: 'Exists' }],
        // Root without capabilities: some mounts of the node show their size to root only.
        securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: 'RuntimeDefault' } },
      },
    });
    new k8s.KubeDaemonSet(this, 'DaemonSet', {
      metadata: { name, namespace: props.namespace, labels: this.labels },
      spec: {
        selector: { matchLabels: this.selector },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(1) } },
        template: this.template,
      },
    });
    new k8s.KubeService(this, 'Service', {
      metadata: { name: collectorService.agent, namespace: props.namespace, labels: this.labels },
      spec: {
        selector: this.selector,
        // Another node's agent does not know this node's pods.
        internalTrafficPolicy: 'Local',
        ports: otlpPorts.map((port) => ({ ...port, targetPort: k8s.IntOrString.fromNumber(port.port) })),
      },
    });
  }
}
