import type { BrokenConfig } from './broken-config.ts';

const web = (lines: string) => ({ 'port: 8081': `port: 8081\n    ${lines}` });

/** Fields in Kubernetes' own words. */
export const patchesCases: readonly BrokenConfig[] = [
  {
    title: "a pod's field on a service",
    change: web('«hostPID: true'),
    code: 'config/unknown-key',
    message: 'unknown key "hostPID" in services[1]: it is a pod\'s field',
    suggestion: 'write: patch: { Deployment: { spec: { template: { spec: { hostPID: … } } } } }',
  },
  {
    title: "a pod's field on a cronjob",
    change: web('kind: cronjob\n    schedule: "0 3 * * *"\n    «hostPID: true'),
    code: 'config/unknown-key',
    message: 'unknown key "hostPID" in services[1]: it is a pod\'s field',
    suggestion:
      'write: patch: { CronJob: { spec: { jobTemplate: { spec: { template: { spec: { hostPID: … } } } } } } }',
  },
  {
    title: "a container's field on a service",
    change: web('«lifecycle: {}'),
    code: 'config/unknown-key',
    message: 'unknown key "lifecycle" in services[1]: it is a container\'s field',
    suggestion:
      'write: patch: { Deployment: { spec: { template: { spec: { containers: [{ name: web, lifecycle: … }] } } } } }',
  },
  {
    title: "the Service's field on a service",
    change: web('«sessionAffinity: ClientIP'),
    code: 'config/unknown-key',
    message: 'unknown key "sessionAffinity" in services[1]: it is a field of the Service\'s spec',
    suggestion: 'write: patch: { Service: { spec: { sessionAffinity: … } } }',
  },
  {
    title: "a field of the container's port",
    change: web('ports: [{ name: admin, port: 9000, targetPort: 9001, «hostPort: 9000 }]'),
    code: 'config/unknown-key',
    message: 'unknown key "hostPort" in services[1].ports[0]: it is a field of the container\'s port',
    suggestion:
      'write: patch: { Deployment: { spec: { template: { spec: { containers: [{ name: web, ports: [{ containerPort: 9001, hostPort: … }] }] } } } } }',
  },
  {
    title: "a field of the pod's securityContext",
    change: web('securityContext: { «fsGroup: 1000 }'),
    code: 'config/unknown-key',
    message: 'unknown key "fsGroup" in services[1].securityContext: it is a field of the pod\'s securityContext',
    suggestion: 'write: patch: { Deployment: { spec: { template: { spec: { securityContext: { fsGroup: … } } } } } }',
  },
  {
    title: "a Service's field under service",
    change: web('service: { «externalTrafficPolicy: Local }'),
    code: 'config/unknown-key',
    message: 'unknown key "externalTrafficPolicy" in services[1].service: it is a field of the Service\'s spec',
    suggestion: 'write: patch: { Service: { spec: { externalTrafficPolicy: … } } }',
  },
  {
    title: 'a field of the Deployment for all services',
    change: { 'serviceDefaults:': 'serviceDefaults:\n  «minReadySeconds: 5' },
    code: 'config/unknown-key',
    message: 'unknown key "minReadySeconds" in serviceDefaults: it is a field of the Deployment\'s spec',
    suggestion: 'write: patch: { Deployment: { spec: { minReadySeconds: … } } }, for all services',
  },
  {
    title: "a container's field for all services",
    change: { 'serviceDefaults:': 'serviceDefaults:\n  «lifecycle: {}' },
    code: 'config/unknown-key',
    message: 'unknown key "lifecycle" in serviceDefaults: it is a container\'s field',
    suggestion:
      'write in each service: patch: { Deployment: { spec: { template: { spec: { containers: [{ name: NAME, lifecycle: … }] } } } } }',
  },
  {
    title: 'a field that a service has under another name',
    change: web('«serviceAccountName: web'),
    code: 'config/unknown-key',
    message: 'unknown key "serviceAccountName" in services[1]: a service has another key for it',
    suggestion: 'write: serviceAccount: { name: … }',
  },
  {
    title: "a pod's field on a datastore",
    change: { 'type: redis\n': 'type: redis\n    «priorityClassName: high\n' },
    code: 'config/unknown-key',
    message: 'unknown key "priorityClassName" in datastores[0]: it is a pod\'s field',
    suggestion: 'write: patch: { StatefulSet: { spec: { template: { spec: { priorityClassName: … } } } } }',
  },
  {
    title: "a container's field at another level of a patch",
    change: web('patch: { Deployment: { spec: { template: { spec: { «command: [a] } } } } }'),
    code: 'config/unknown-key',
    message: 'unknown key "command" in services[1].patch.Deployment.spec.template.spec: it is a container\'s field',
    suggestion: 'write it under Deployment.spec.template.spec.containers[]',
  },
  {
    title: 'a patch that does not begin with a kind',
    change: web('patch: { «spec: {} }'),
    code: 'config/unknown-key',
    message: 'unknown key "spec" in services[1].patch: it is a field of an object',
    suggestion: 'write: Deployment: { spec: … }',
  },
  {
    title: 'a misspelt field of a patch',
    change: web('patch: { Deployment: { spec: { template: { spec: { «hostIPc: true } } } } }'),
    code: 'config/unknown-key',
    message: 'unknown key "hostIPc" in services[1].patch.Deployment.spec.template.spec',
    suggestion: 'write: hostIPC',
  },
  {
    title: 'a patch of the whole with a value of the wrong type',
    change: { 'ingress:\n': 'patch: { Deployment: { spec: { minReadySeconds: «soon } } }\ningress:\n' },
    code: 'config/invalid-value',
    message: 'patch.Deployment.spec.minReadySeconds must be a whole number, not "soon"',
    suggestion: 'write: a whole number',
  },
  {
    title: 'a patch of a container without a name',
    change: web('patch: { Deployment: { spec: { template: { spec: { containers: [«{ image: a }] } } } } }'),
    code: 'config/missing-key',
    message: 'services[1].patch.Deployment.spec.template.spec.containers[0] has no key name',
    suggestion: 'write: name: …',
  },
  {
    title: 'a patch of an object that is not there',
    change: web('patch: { «StatefulSet: { spec: { minReadySeconds: 3 } } }'),
    code: 'config/valid-patch-kind',
    message: 'service web has no object of kind StatefulSet; it has Deployment, Service, ServiceAccount',
    suggestion: 'remove it',
  },
  {
    title: 'a toleration with a misspelt field',
    change: web('tolerations: [{ key: a, operator: Exists, «tolerationSecond: 3 }]'),
    code: 'config/unknown-key',
    message: 'unknown key "tolerationSecond" in services[1].tolerations[0]',
    suggestion: 'write: tolerationSeconds',
  },
];
