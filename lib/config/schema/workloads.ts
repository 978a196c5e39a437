import { z } from 'zod';
import { otlpProtocols } from '../../telemetry/environment.ts';
import {
  environmentSchema,
  portsSchema,
  probesSchema,
  resourcesSchema,
  singlePort,
  volumeSchema,
} from './containers.ts';
import { kubernetes, kubernetesList, kubernetesPatch, textMapping } from './kubernetes.ts';
import {
  absolutePath,
  dnsLabel,
  dnsSubdomain,
  environmentVariableName,
  flag,
  integer,
  nonEmptyText,
  text,
  textLike,
} from './scalars.ts';

const version = textLike(
  /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  'a version such as 1.0.0, fit for a label',
).describe('Version of the service: `service.version` and the label app.kubernetes.io/version.');

const replicas = integer(0, 1000);

const imagePullPolicy = z
  .enum(['IfNotPresent', 'Never', 'Always'])
  .describe('Images imported into k3s by hand need IfNotPresent or Never. Default: IfNotPresent.');

/** What a service may have, and all of them may have by default. */
const defaultable = {
  imagePullPolicy: imagePullPolicy.optional(),
  replicas: replicas
    .optional()
    .describe('Number of pods. Default: not written, so that an autoscaler may set it; Kubernetes starts one.'),
  resources: resourcesSchema().optional(),
  hardened: flag()
    .optional()
    .describe(
      'Whether the pod runs as the restricted Pod Security Standard wants it: another user than root, a root file system that cannot be written, no capabilities. Default: false, the image runs as it does in plain Kubernetes.',
    ),
  securityContext: z
    .strictObject({
      runAsUser: integer(1, 2147483647)
        .optional()
        .describe("User and group id of the process; never root. Default: the image's own, 10001 with `hardened`."),
      readOnlyRootFilesystem: flag()
        .optional()
        .describe("Whether the image's own files cannot be written. Default: as `hardened`."),
    })
    .optional()
    .describe('User and file system of the container. Default: as the image has them, or as `hardened`.'),
  healthPath: absolutePath()
    .optional()
    .describe('HTTP path that answers 200 when the service can work. Default: no probes.'),
  probes: probesSchema().optional(),
  protocol: z
    .enum(otlpProtocols)
    .optional()
    .describe('OTLP protocol of the SDK; the port of its endpoint follows. Default: grpc.'),
  resourceAttributes: z
    .record(
      textLike(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'the name of an attribute such as service.namespace'),
      textLike(/^[A-Za-z0-9._/@:-]{1,255}$/, 'text of A-Z a-z 0-9 . _ / @ : - alone, which every SDK reads alike'),
    )
    .optional()
    .describe('Further resource attributes of all telemetry, e.g. { service.namespace: shop, team: checkout }.'),
  podAnnotations: textMapping().optional().describe('Annotations of the pods. Default: none but our own.'),
  podLabels: textMapping().optional().describe('Further labels of the pods, which no selector uses. Default: none.'),
  imagePullSecrets: z
    .array(dnsSubdomain())
    .optional()
    .describe('Names of Secrets with which images are pulled. Default: those of the ServiceAccount.'),
  nodeSelector: textMapping().optional().describe('Labels that a node must have. Default: any node.'),
  tolerations: kubernetesList('Toleration')
    .optional()
    .describe('Taints of nodes that the pods accept, e.g. [{ key: dedicated, operator: Exists }]. Default: none.'),
  affinity: kubernetes('Affinity').optional().describe('Nodes and pods that the scheduler prefers. Default: none.'),
  topologySpreadConstraints: kubernetesList('TopologySpreadConstraint')
    .optional()
    .describe('How pods are spread over nodes and zones. Default: as the scheduler does by itself.'),
  terminationGracePeriodSeconds: integer(0, 86_400)
    .optional()
    .describe('Time that the container has to stop. Default: 30, by Kubernetes.'),
};

/** What the services of a system have in common; each service may have its own. */
export const serviceDefaultsSchema = z.strictObject({
  version: version.default('1.0.0'),
  ...defaultable,
  imagePullPolicy: imagePullPolicy.default('IfNotPresent'),
});

const serviceAccountSchema = z.strictObject({
  name: dnsSubdomain().optional().describe('Name of the ServiceAccount. Default: that of the service.'),
  create: flag()
    .default(true)
    .describe('Whether it is synthesized; `false` for one that exists or that another service has.'),
  annotations: textMapping().default({}).describe('Annotations, e.g. the role of a cloud provider.'),
  token: flag().default(false).describe('Whether its token is mounted, for a process that calls the API server.'),
});

const autoscalingSchema = z.strictObject({
  minReplicas: integer(0, 1000).default(1).describe('Fewest pods.'),
  maxReplicas: integer(1, 1000).describe('Most pods.'),
  targetCPUUtilizationPercentage: integer(1, 1000)
    .optional()
    .describe('Average use of the requested CPU. Default: 80, where no metrics are given.'),
  metrics: kubernetesList('MetricSpecV2').optional().describe('Metrics of autoscaling/v2. Default: use of CPU.'),
  behavior: kubernetes('HorizontalPodAutoscalerBehaviorV2')
    .optional()
    .describe("How fast it scales, of autoscaling/v2. Default: Kubernetes' own."),
});

const percentOrCount = () =>
  textLike(/^(\d{1,4}|\d{1,3}%)$/, 'a number of pods or a percentage such as 50%').optional();

/** Kinds of workloads by what the configuration calls them. */
export const workloadKinds = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
} as const;

export type WorkloadKindName = keyof typeof workloadKinds;

export const servicePatchKinds = [
  ...Object.values(workloadKinds),
  'Service',
  'ServiceAccount',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PersistentVolumeClaim',
] as const;

/** Kinds of the objects that are synthesized of an application, apart from custom ones. */
export const applicationKinds = [...servicePatchKinds, 'ConfigMap', 'Ingress', 'Namespace'] as const;

export const patchOf = (kinds: readonly string[]) =>
  z
    .strictObject(Object.fromEntries(kinds.map((kind) => [kind, kubernetesPatch(kind).optional()])))
    .optional()
    .describe(
      'Any field of the synthesized objects, by kind, as a strategic merge patch: { Deployment: { spec: { template: { spec: { hostIPC: true } } } } }. `null` removes a field. Default: nothing.',
    );

export const serviceSchema = z.strictObject({
  name: dnsLabel().describe('Name of the workload, the Service and the telemetry (`service.name`).'),
  namespace: dnsLabel().optional().describe('Namespace of the service. Default: that of the application.'),
  image: nonEmptyText().describe('Container image with tag or digest.'),
  kind: z
    .enum(['deployment', 'statefulset', 'daemonset', 'job', 'cronjob'])
    .default('deployment')
    .describe('Kind of the workload.'),
  schedule: nonEmptyText().optional().describe('When a cronjob runs, e.g. "*/5 * * * *"; no other kind has it.'),
  version: version.optional(),
  ...defaultable,
  containerName: dnsLabel()
    .optional()
    .describe(
      'Name of the container; one that runs keeps its own, or it would run beside the new one. Default: the name.',
    ),
  command: z.array(text()).optional().describe("Command of the container. Default: the image's entrypoint."),
  args: z.array(text()).optional().describe("Arguments of the command. Default: the image's."),
  workingDirectory: absolutePath().optional().describe("Folder that it starts in. Default: the image's."),
  ...singlePort,
  ports: portsSchema,
  service: z
    .strictObject({
      name: dnsLabel().optional().describe('Name of the Service. Default: that of the service.'),
      type: z
        .enum(['ClusterIP', 'NodePort', 'LoadBalancer'])
        .optional()
        .describe('Default: NodePort where a node port is given, otherwise ClusterIP.'),
      headless: flag().optional().describe('Whether names lead to the pods. Default: true for a statefulset alone.'),
      annotations: textMapping().default({}).describe('Annotations, e.g. those of a load balancer.'),
    })
    .prefault({})
    .describe('The Service of the ports.'),
  serviceName: nonEmptyText().optional().describe('`service.name` of the telemetry. Default: the name.'),
  captureContent: flag()
    .optional()
    .describe('Whether spans of AI clients have prompts and answers, which are often personal data. Default: false.'),
  spanAttributeLimit: integer(1, 10000)
    .optional()
    .describe('Number of attributes that a span may have. Default: 512 with captureContent, otherwise 128, the SDK’s.'),
  configKeys: z
    .array(environmentVariableName())
    .default([])
    .describe('Keys of the ConfigMap that the container reads.'),
  secretKeys: z.array(environmentVariableName()).default([]).describe('Keys of the Secret that the container reads.'),
  env: environmentSchema,
  envFrom: kubernetesList('EnvFromSource')
    .optional()
    .describe(
      'ConfigMaps and Secrets of which every key becomes a variable: [{ configMapRef: { name: NAME } }, { secretRef: { name: NAME } }]. Default: none.',
    ),
  volumes: z.array(volumeSchema).default([]).describe('Volumes of the pod.'),
  initContainers: kubernetesList('Container')
    .optional()
    .describe('Containers that end before the service starts, as Kubernetes has them. Default: none.'),
  sidecars: kubernetesList('Container')
    .optional()
    .describe('Containers beside that of the service, as Kubernetes has them. Default: none.'),
  serviceAccount: serviceAccountSchema.prefault({}).describe('Identity of the pods.'),
  autoscaling: autoscalingSchema.optional().describe('A HorizontalPodAutoscaler. Default: none.'),
  podDisruptionBudget: z
    .strictObject({
      minAvailable: percentOrCount().describe('Pods that must be there, or their share.'),
      maxUnavailable: percentOrCount().describe('Pods that may be away, or their share.'),
    })
    .optional()
    .describe('Pods that must stay when nodes are drained. Default: all but one, where there are several replicas.'),
  enableServiceLinks: flag()
    .optional()
    .describe('Whether containers get a variable for each Service of the namespace. Default: false.'),
  restartPolicy: z
    .enum(['Always', 'OnFailure', 'Never'])
    .optional()
    .describe('Default: OnFailure for a job or cronjob, otherwise Always.'),
  selector: textMapping()
    .optional()
    .describe(
      'Labels by which workload and Service select the pods: those of a workload that exists already, since they cannot be changed. Default: app.kubernetes.io/name and app.kubernetes.io/instance.',
    ),
  labels: textMapping().optional().describe('Further labels of all objects and of the pods. Default: none.'),
  annotations: textMapping().optional().describe('Annotations of the workload. Default: none.'),
  patch: patchOf(servicePatchKinds),
});

export type ServiceConfig = z.output<typeof serviceSchema>;
