import type { BrokenConfig } from './broken-config.ts';

/** Quantities and replicas. */
export const resourcesCases: readonly BrokenConfig[] = [
  {
    title: 'a request over the limit',
    change: {
      'cpu: 50m': 'cpu: «1',
    },
    code: 'config/no-request-above-limit',
    message: 'cpu request 1 is more than the limit 250m (line 35)',
    suggestion: 'write: 250m or less',
  },
  {
    title: 'a request over the limit in another unit',
    change: {
      'memory: 64Mi': 'memory: «135M',
    },
    code: 'config/no-request-above-limit',
    message: 'memory request 135M is more than the limit 128Mi (line 35)',
    suggestion: 'write: 128Mi or less',
  },
  {
    title: 'a request over the limit in the defaults',
    change: {
      'replicas: 1': 'resources: { requests: { cpu: «0.3, memory: 8Mi }, limits: { cpu: 250m, memory: 8Mi } }',
    },
    code: 'config/no-request-above-limit',
    message: 'cpu request 0.3 is more than the limit 250m (line 24)',
    suggestion: 'write: 250m or less',
  },
  {
    title: 'a request over the limit of a datastore',
    change: {
      'type: redis':
        'type: redis\n    resources: { requests: { cpu: 1, memory: «1Gi }, limits: { cpu: 1, memory: 1G } }',
    },
    code: 'config/no-request-above-limit',
    message: 'memory request 1Gi is more than the limit 1G (line 44)',
    suggestion: 'write: 1G or less',
  },
  {
    title: 'a CPU limit of zero',
    change: {
      'cpu: 250m': 'cpu: «0',
    },
    code: 'config/valid-quantity',
    message: 'a CPU limit of 0 means no limit at all',
    suggestion: 'write: 250m',
  },
  {
    title: 'a memory limit of zero',
    change: {
      'memory: 128Mi': 'memory: «0',
    },
    code: 'config/valid-quantity',
    message: 'memory limit is 0',
    suggestion: 'write: 128Mi',
  },
  {
    title: 'memory in thousandths of a byte',
    change: {
      'memory: 128Mi': 'memory: «128m',
      'memory: 64Mi': 'memory: 0',
    },
    code: 'config/valid-quantity',
    message: 'memory limit 128m counts thousandths of a byte',
    suggestion: 'write: 128Mi',
  },
  {
    title: 'memory in bytes that were meant as mebibytes',
    change: {
      'memory: 64Mi': 'memory: «64',
    },
    code: 'config/valid-quantity',
    message: 'memory request 64 is less than anything can work with',
    suggestion: 'write: 64Mi',
  },
  {
    title: 'CPU in mebibytes',
    change: {
      'cpu: 250m': 'cpu: «250Mi',
    },
    code: 'config/valid-quantity',
    message: '250Mi of CPU are more processors than any node has',
    suggestion: 'write: 250m',
  },
  {
    title: 'a volume without a unit',
    change: {
      'claim: { size: 1Gi }': 'claim: { size: «10 }',
    },
    code: 'config/valid-quantity',
    message: 'size 10 is less than anything can work with',
    suggestion: 'write: 10Gi',
  },
  {
    title: 'several replicas on a volume that one pod may write',
    change: {
      'nodePort: 30010': 'replicas: «2',
    },
    code: 'config/no-shared-exclusive-volume',
    message: 'service api has 2 replicas, but its volume api-data is ReadWriteOnce: only one pod may write it',
    suggestion: 'write: replicas: 1, or accessMode: ReadWriteMany',
  },
  {
    title: 'several replicas by default on a volume that one pod may write',
    change: {
      'replicas: 1': 'replicas: 3',
      'claim: {': 'claim: «{',
    },
    code: 'config/no-shared-exclusive-volume',
    message:
      'service api has 3 replicas, but its volume api-data is ReadWriteOnce: only one pod may write it (serviceDefaults.replicas, line 24)',
    suggestion: 'write: replicas: 1, or accessMode: ReadWriteMany',
  },
  {
    title: 'several replicas on a ReadWriteOncePod volume',
    change: {
      'nodePort: 30010': 'replicas: «2',
      'size: 1Gi } }': 'size: 1Gi, accessMode: ReadWriteOncePod } }',
    },
    code: 'config/no-shared-exclusive-volume',
    message: 'service api has 2 replicas, but its volume api-data is ReadWriteOncePod: only one pod may write it',
    suggestion: 'write: replicas: 1, or accessMode: ReadWriteMany',
  },
  {
    title: 'a volume of nothing',
    change: { 'claim: { size: 1Gi }': 'claim: { size: «0 }' },
    code: 'config/valid-quantity',
    message: 'size is 0',
    suggestion: 'write: 1Gi',
  },
  {
    title: 'CPU below a thousandth',
    change: { 'cpu: 50m': 'cpu: «0.0005' },
    code: 'config/valid-quantity',
    message: '0.0005 of CPU is more precise than a thousandth of a processor, the least that Kubernetes counts',
    suggestion: 'write: 1m',
  },
  {
    title: 'memory beyond what is counted',
    change: { 'memory: 128Mi': 'memory: «8Ei' },
    code: 'config/valid-quantity',
    message: 'memory limit 8Ei is more than Kubernetes can count, 9223372036854775807 bytes',
    suggestion: 'write: 128Mi',
  },
];
