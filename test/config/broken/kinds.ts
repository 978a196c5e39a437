import type { BrokenConfig } from './broken-config.ts';

const web = (lines: string) => ({ 'port: 8081': `port: 8081\n    ${lines}` });

/** Kinds of workloads, and what belongs to one kind alone. */
export const kindsCases: readonly BrokenConfig[] = [
  {
    title: 'a cronjob without a schedule',
    change: web('kind: «cronjob'),
    code: 'config/valid-kind-key',
    message: 'service web is a cronjob without a schedule',
    suggestion: 'write: schedule: "0 3 * * *"',
  },
  {
    title: 'a schedule of a deployment',
    change: web('«schedule: "0 3 * * *"'),
    code: 'config/valid-kind-key',
    message: 'service web is a deployment, which has no schedule',
    suggestion: 'remove it, or write: kind: cronjob',
  },
  {
    title: 'replicas of a daemonset',
    change: web('kind: daemonset\n    «replicas: 3'),
    code: 'config/valid-kind-key',
    message: 'service web is a daemonset, which has no replicas',
    suggestion: 'remove it',
  },
  {
    title: 'a job that restarts for ever',
    change: web('kind: job\n    restartPolicy: «Always'),
    code: 'config/valid-kind-key',
    message: 'the pods of a job restart OnFailure or Never, not Always',
    suggestion: 'write: OnFailure or Never',
  },
  {
    title: 'replicas beside an autoscaler',
    change: web('«replicas: 2\n    autoscaling: { maxReplicas: 4 }'),
    code: 'config/valid-kind-key',
    message: 'service web has both replicas and autoscaling, which sets them',
    suggestion: 'remove replicas',
  },
  {
    title: 'an autoscaler with more pods at least than at most',
    change: web('autoscaling: { minReplicas: «5, maxReplicas: 4 }'),
    code: 'config/valid-kind-key',
    message: 'minReplicas 5 is more than maxReplicas 4',
    suggestion: 'write: 4',
  },
  {
    title: 'a budget with both limits',
    change: web('«podDisruptionBudget: { minAvailable: 1, maxUnavailable: 50% }'),
    code: 'config/valid-kind-key',
    message: 'podDisruptionBudget has both minAvailable and maxUnavailable; Kubernetes takes one',
    suggestion: 'remove one of the two',
  },
  {
    title: 'an unknown kind',
    change: web('kind: «deamonset'),
    code: 'config/invalid-value',
    message: 'services[1].kind must be deployment, statefulset, daemonset, job or cronjob, not "deamonset"',
    suggestion: 'write: daemonset',
  },
  {
    title: 'an autoscaled service with a volume of one pod',
    change: { 'claim: { size: 1Gi } }': 'claim: «{ size: 1Gi } }\n    autoscaling: { maxReplicas: 4 }' },
    code: 'config/no-shared-exclusive-volume',
    message: 'service api is scaled, but its volume api-data is ReadWriteOnce: only one pod may write it',
    suggestion: 'write: accessMode: ReadWriteMany, or remove autoscaling',
  },
  {
    title: 'a ServiceAccount that is not created and has no name',
    change: web('serviceAccount: «{ create: false }'),
    code: 'config/valid-service-account',
    message: 'service web has a ServiceAccount that is not created and has no name',
    suggestion: 'add name: …',
  },
  {
    title: 'a ServiceAccount that two services create',
    change: web('serviceAccount: { name: «api }'),
    code: 'config/valid-service-account',
    message: 'the ServiceAccount api belongs to the service of line 26 already',
    suggestion: 'write: serviceAccount: { name: …, create: false } in one of the two',
  },
  {
    title: 'a volume of two kinds',
    change: web('volumes: [{ name: a, mountPath: /a, configMap: { name: a }, «emptyDir: {} }]'),
    code: 'config/valid-volume-source',
    message: 'the volume a has both configMap and emptyDir; a volume is of one kind',
    suggestion: 'remove configMap or emptyDir',
  },
  {
    title: 'a part of a volume that is not mounted',
    change: web('volumes: [{ name: a, «subPath: x }]'),
    code: 'config/valid-volume-source',
    message: 'subPath belongs to a mount, and mountPath is not given',
    suggestion: 'add mountPath: …',
  },
];
