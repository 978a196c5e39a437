import { k8s } from 'cdk8s-plus-27';
import { collectorSecret } from '../../chart/names.ts';
import { privateKeyVariable } from '../../collector/components/exporters.ts';
import { healthCheckPort, ownMetricsPort } from '../../collector/components/own-telemetry.ts';
import { type BoundedResources, resourceRequirements } from '../resources.ts';
import { restrictedContainer } from '../restricted-pod.ts';

interface CollectorContainerProps {
  readonly image: string;
  readonly resources: BoundedResources;
  /** `deployment.environment.name` of what does not say it itself. */
  readonly environment: string;
  /** Ports that others reach. */
  readonly ports: k8s.ContainerPort[];
  /** Mounts beside the configuration. */
  readonly volumeMounts?: k8s.VolumeMount[];
}

const configFolder = '/conf';
const configVolume = 'config';

/** Name of the key of the ConfigMap and of the file that the collector reads. */
export const configFile = 'collector.yaml';

/** A volume with the collector's configuration. */
export const configurationVolume = (configMapName: string): k8s.Volume => ({
  name: configVolume,
  configMap: { name: configMapName },
});

/** The one container of each kind of collector. */
export function collectorContainer(props: CollectorContainerProps): k8s.Container {
  const httpGet = { path: '/', port: k8s.IntOrString.fromNumber(healthCheckPort) };
  return {
    name: 'opentelemetry-collector',
    image: props.image,
    imagePullPolicy: 'IfNotPresent',
    args: [`--config=${configFolder}/${configFile}`],
    env: [
      field('MY_POD_IP', 'status.podIP'),
      field('K8S_NODE_NAME', 'spec.nodeName'),
      field('K8S_NODE_IP', 'status.hostIP'),
      // Collect garbage harder before the limit is reached rather than be killed at it.
      { name: 'GOMEMLIMIT', value: softMemoryLimit(props.resources.limits.memory) },
      {
        name: 'OTEL_RESOURCE_ATTRIBUTES',
        value: `k8s.node.name=$(K8S_NODE_NAME),deployment.environment.name=${encodeURIComponent(props.environment)}`,
      },
      {
        name: privateKeyVariable,
        valueFrom: { secretKeyRef: { name: collectorSecret.name, key: collectorSecret.key } },
      },
    ],
    ports: [...props.ports, { name: 'metrics', containerPort: ownMetricsPort }],
    startupProbe: { httpGet, periodSeconds: 2, failureThreshold: 60 },
    readinessProbe: { httpGet, periodSeconds: 5 },
    livenessProbe: { httpGet, periodSeconds: 10 },
    resources: resourceRequirements(props.resources),
    securityContext: restrictedContainer(true),
    volumeMounts: [{ name: configVolume, mountPath: configFolder, readOnly: true }, ...(props.volumeMounts ?? [])],
  };
}

const field = (name: string, fieldPath: string): k8s.EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });

const binaryUnits = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const;

/**
 * The value of `GOMEMLIMIT` for a container's memory limit: 75 % of it, where the memory limiter begins to refuse.
 *
 * @param limit binary quantity, e.g. `512Mi`
 * @throws Error for a limit in other units
 * @see https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
export function softMemoryLimit(limit: string): string {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/.exec(limit) ?? [];
  const bytes = Object.entries(binaryUnits).find(([name]) => name === unit)?.[1];
  if (amount === undefined || bytes === undefined) {
    throw new Error(`memory limit ${limit} of a collector: write it in Mi or Gi, e.g. 512Mi`);
  }
  return `${Math.floor((Number(amount) * bytes * 0.75) / binaryUnits.Mi)}MiB`;
}
