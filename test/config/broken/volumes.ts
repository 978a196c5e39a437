import type { BrokenConfig } from './broken-config.ts';

/** Volumes and claims. */
export const volumesCases: readonly BrokenConfig[] = [
  {
    title: 'two volumes of one name',
    change: {
      '      - { name: api-data':
        '      - { name: cache, mountPath: /a }\n      - { name: «cache, mountPath: /b }\n      - { name: api-data',
    },
    code: 'config/unique-volume-name',
    message: 'service api has a volume cache in line 37 already',
    suggestion: 'write: another name, such as cache-2',
  },
  {
    title: 'a volume with the name that every pod has',
    change: {
      'replicas: 1': 'hardened: true',
      '      - { name: api-data': '      - { name: «tmp, mountPath: /a }\n      - { name: api-data',
    },
    code: 'config/unique-volume-name',
    message: 'every hardened pod has a volume tmp already, an emptyDir at /tmp',
    suggestion: 'write: another name',
  },
  {
    title: 'two volumes at one path',
    change: {
      '      - { name: api-data': '      - { name: cache, mountPath: /app/data/ }\n      - { name: api-data',
      'mountPath: /app/data,': 'mountPath: «/app/data,',
    },
    code: 'config/valid-mount-path',
    message: 'service api mounts a volume at /app/data in line 37 already',
    suggestion: 'write: another folder',
  },
  {
    title: 'a volume at /tmp',
    change: {
      'replicas: 1': 'hardened: true',
      'mountPath: /app/data': 'mountPath: «/tmp',
    },
    code: 'config/valid-mount-path',
    message: '/tmp is writable in every hardened container already',
    suggestion: 'remove the volume',
  },
  {
    title: 'a volume at /tmp where no service can write its own files',
    change: {
      'replicas: 1': 'securityContext: { readOnlyRootFilesystem: true }',
      'mountPath: /app/data': 'mountPath: «/tmp',
    },
    code: 'config/valid-mount-path',
    message: '/tmp is writable in every hardened container already',
    suggestion: 'remove the volume',
  },
  {
    title: "a volume over the image's own files",
    change: {
      'mountPath: /app/data': 'mountPath: «/',
    },
    code: 'config/valid-mount-path',
    message: 'a volume at / hides what the container needs there',
    suggestion: 'write: /app/data',
  },
  {
    title: 'one claim of two services',
    change: {
      'port: 8081': 'port: 8081\n    volumes: [{ name: «api-data, mountPath: /a, claim: { size: 1Gi } }]',
    },
    code: 'config/unique-claim-name',
    message: 'the claim api-data belongs to the service of line 37; two services cannot share it',
    suggestion: 'write: another name, such as api-data-2',
  },
  {
    title: "a claim with the name of a datastore's",
    change: {
      'name: api-data': 'name: «data-redis-0',
    },
    code: 'config/unique-claim-name',
    message: 'the claim data-redis-0 belongs to a datastore',
    suggestion: 'write: another name',
  },
  {
    title: 'a volume inside of another',
    change: {
      '      - { name: api-data': '      - { name: cache, mountPath: «/app/data/cache/ }\n      - { name: api-data',
    },
    code: 'config/valid-mount-path',
    message: 'service api mounts a volume at /app/data/cache, inside of the volume at /app/data (line 38)',
    suggestion: 'write: a folder beside it',
  },
  {
    title: 'a volume upwards',
    change: { 'mountPath: /app/data': 'mountPath: «/app/../etc' },
    code: 'config/valid-mount-path',
    message: 'the path "/app/../etc" of a volume has a step upwards',
    suggestion: 'write: the path without steps upwards',
  },
];
