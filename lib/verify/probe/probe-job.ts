import { selects } from '../../model/network/selector.ts';
import type { Sender } from '../../model/path/sender.ts';
import { transportOf } from '../../model/spans/otlp-protocol.ts';
import { listAt, type Mapping, mappingAt, textAt, textsAt } from '../../yaml/value.ts';
import { isTelemetryVariable } from '../cluster/drift.ts';
import { podTemplateOf } from '../cluster/live-object.ts';
import { type ClusterSnapshot, objectKey, podsOf } from '../cluster/snapshot.ts';
import { probeMark } from '../probe-mark.ts';
import type { Reading } from '../reading.ts';
import type { Target } from '../target.ts';

/**
 * The image that sends a span: the generator of the OpenTelemetry project, which needs nothing beside it and runs without
 * root, a shell or a writable disk.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/cmd/telemetrygen
 */
export const defaultProbeImage = 'ghcr.io/open-telemetry/opentelemetry-collector-contrib/telemetrygen:v0.155.0';

/** Label of every Job that a probe creates, by which Jobs of earlier runs are found. */
export const probeLabel = { name: 'app.kubernetes.io/managed-by', value: 'podhost-verify' } as const;

/** How long a probe may run before Kubernetes ends it, and how long it stays after its end, where nobody deletes it. */
const deadlineSeconds = 120;
const keptSeconds = 60;

/** After so long nothing is left of a probe that runs. */
export const probeLifetimeSeconds = deadlineSeconds + keptSeconds;

export interface ProbeJobProps {
  readonly snapshot: ClusterSnapshot;
  readonly target: Target;
  /** The sender as it is in the cluster. */
  readonly sender: Sender;
  readonly name: string;
  /** Value of the span attribute. */
  readonly mark: string;
  readonly image: string;
}

/**
 * A Job that sends one trace as a service does: with its variables of telemetry, its labels, and its place in the
 * network. Its pod never becomes ready, so that no Service sends it a request.
 */
export function probeJob({ snapshot, target, sender, name, mark, image }: ProbeJobProps): Reading<Mapping> {
  const object = snapshot.objects.get(objectKey(target.kind, target.namespace, target.name));
  const template = podTemplateOf(object);
  const environment = environmentOf(snapshot, target, template);
  const exporter = exporterArguments(sender, environment.env);
  if ('unread' in exporter) {
    return exporter;
  }
  const labels = probeLabels(template);
  const publisher = publisherOf(snapshot, target.namespace, labels);
  if (publisher !== undefined) {
    return {
      unread: `Service ${publisher} publishes the addresses of pods that are not ready, and would send requests to the probe`,
    };
  }
  const spec = mappingAt(template, 'spec');
  const nodeAffinity = mappingAt(spec, 'affinity', 'nodeAffinity');
  return {
    value: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: target.namespace, labels: { [probeLabel.name]: probeLabel.value } },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: deadlineSeconds,
        ttlSecondsAfterFinished: keptSeconds,
        template: {
          metadata: { labels, annotations: meshAnnotations(template) },
          spec: {
            ...copied(spec),
            ...(Object.keys(nodeAffinity).length === 0 ? {} : { affinity: { nodeAffinity } }),
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            readinessGates: [{ conditionType: 'podhost/serves-requests' }],
            containers: [
              {
                // Fields of the environment may refer to the container by its name.
                name: target.container,
                image,
                args: [
                  'traces',
                  '--traces=1',
                  '--rate=0',
                  ...exporter.value,
                  // The kubelet makes one of two.
                  `--service=${target.service.replaceAll('$', '$$$$')}`,
                  `--telemetry-attributes=${probeMark}="${mark}"`,
                ],
                ...environment,
                resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
                securityContext: {
                  runAsNonRoot: true,
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                  seccompProfile: { type: 'RuntimeDefault' },
                },
              },
            ],
          },
        },
      },
    },
  };
}

/** What decides where a pod runs, as whom, and how it resolves names. */
const copiedFields = [
  'nodeSelector',
  'tolerations',
  'serviceAccountName',
  'imagePullSecrets',
  'hostNetwork',
  'dnsPolicy',
  'dnsConfig',
  'hostAliases',
] as const;

const copied = (spec: Mapping): Mapping =>
  Object.fromEntries(copiedFields.flatMap((field) => (spec[field] === undefined ? [] : [[field, spec[field]]])));

/** Labels that controllers write and select by. */
const controllerLabel =
  /^(pod-template-hash|controller-revision-hash|(batch\.kubernetes\.io\/)?(job-name|controller-uid))$/;

/** The labels of the service, by which policies of the network select its pods. */
const probeLabels = (template: Mapping): Record<string, string> =>
  Object.fromEntries(
    Object.entries(textsAt(template, 'metadata', 'labels')).filter(([name]) => !controllerLabel.test(name)),
  );

/** A Service that selects the labels and counts pods that are not ready. */
const publisherOf = (
  { model }: ClusterSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): string | undefined =>
  model.services.find(
    (service) =>
      service.namespace === namespace &&
      selects(service.selector, labels) &&
      textAt(model.find('Service', service.name, namespace)?.value, 'spec', 'publishNotReadyAddresses') === 'true',
  )?.name;

/** Annotations that a mesh reads; others may inject what a probe does not need. */
const meshAnnotations = (template: Mapping): Record<string, string> =>
  Object.fromEntries(
    Object.entries(textsAt(template, 'metadata', 'annotations')).filter(([name]) =>
      /^[a-z.]*(istio|linkerd)\.io\//.test(name),
    ),
  );

interface ContainerEnvironment {
  readonly env: readonly Mapping[];
  readonly envFrom: readonly unknown[];
}

/** Sampling would leave the span out. */
const sampling = /^OTEL_TRACES_SAMPLER/;

/**
 * The environment of a running pod, else of the pod template: variables of telemetry and those that they refer to.
 * What a service keeps in Secrets for itself is not handed to another image.
 */
function environmentOf(snapshot: ClusterSnapshot, target: Target, template: Mapping): ContainerEnvironment {
  const declared = listAt(template, 'spec', 'containers').find((each) => textAt(each, 'name') === target.container);
  const running = podsOf(snapshot, target)
    .flatMap(({ containers }) => containers)
    .find(({ name }) => name === target.container);
  const parsed = (text: string): unknown => JSON.parse(text);
  const all = running === undefined ? listAt(declared, 'env') : [...running.env.values()].map(parsed);
  const sources = running === undefined ? listAt(declared, 'envFrom') : running.envFrom.map(parsed);
  const entries = all.map((entry) => mappingAt(entry));
  const needed = neededNames(entries);
  return {
    env: entries.filter((entry) => needed.has(textAt(entry, 'name') ?? '')),
    envFrom: sources.filter((source) => isOfTelemetry(snapshot, target, source)),
  };
}

function neededNames(entries: readonly Mapping[]): ReadonlySet<string> {
  const needed = new Set<string>();
  const take = (name: string): void => {
    const entry = entries.find((each) => textAt(each, 'name') === name);
    if (entry === undefined || needed.has(name)) {
      return;
    }
    needed.add(name);
    for (const [, reference = ''] of (textAt(entry, 'value') ?? '').matchAll(/\$\(([^()]+)\)/g)) {
      take(reference);
    }
  };
  for (const entry of entries) {
    const name = textAt(entry, 'name') ?? '';
    if (isTelemetryVariable(name) && !sampling.test(name)) {
      take(name);
    }
  }
  return needed;
}

function isOfTelemetry({ data }: ClusterSnapshot, { namespace }: Target, source: unknown): boolean {
  if (textAt(source, 'secretRef', 'name') === undefined) {
    return true;
  }
  const reading = data.get(objectKey('Secret', namespace, textAt(source, 'secretRef', 'name') ?? ''));
  return reading !== undefined && 'value' in reading && reading.value?.keys.some(isTelemetryVariable) === true;
}

const certificateVariable = /^OTEL_EXPORTER_OTLP_(TRACES_)?(CERTIFICATE|CLIENT_CERTIFICATE|CLIENT_KEY)$/;

/** How the generator is pointed to where the SDK of a service sends. */
function exporterArguments({ settings }: Sender, env: readonly Mapping[]): Reading<readonly string[]> {
  const { endpoint, endpointVariable, protocol } = settings;
  if (endpoint === undefined || endpointVariable === undefined) {
    return { unread: 'no variable of the service names an endpoint that a probe could send to' };
  }
  const certificate = env.map((entry) => textAt(entry, 'name') ?? '').find((name) => certificateVariable.test(name));
  if (certificate !== undefined) {
    return { unread: `${certificate} names a file of the service, which a probe does not have` };
  }
  const written = env.find((entry) => textAt(entry, 'name') === endpointVariable.name);
  // What only the cluster knows stays a reference, which the kubelet expands in arguments too.
  const text = /[<>]/.test(endpoint.text) ? textAt(written, 'value') : endpoint.text;
  const [, scheme, host, port, path = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?((?:\[[^\]]*\]|\$\([^()]+\)|[^:/$])+)(?::(\d+|\$\([^()]+\)))?(\/.*)?$/i.exec(
      text ?? '',
    ) ?? [];
  if (host === undefined) {
    return { unread: `the endpoint in ${endpointVariable.name} is not known well enough to send a probe to it` };
  }
  const isEncrypted = scheme?.toLowerCase() === 'https';
  const isHttp = (transportOf(protocol) ?? (port === '4318' ? 'http' : 'grpc')) === 'http';
  const isOfTraces = endpointVariable.name === 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const url = isOfTraces ? path || '/' : `${path.replace(/\/$/, '')}/v1/traces`;
  return {
    value: [
      `--otlp-endpoint=${host}:${port ?? (isEncrypted ? 443 : 80)}`,
      ...(isEncrypted ? [] : ['--otlp-insecure']),
      ...(isHttp ? ['--otlp-http', `--otlp-http-url-path=${url}`] : []),
    ],
  };
}
