import { type Limit, long, mount } from './limit.ts';

/** Quantities, and where volumes are mounted. */
export const quantities: readonly Limit[] = [
  [
    'memory in thousandths of a byte',
    { 'memory: 64Mi': 'memory: 0', 'memory: 128Mi': 'memory: «1m' },
    'config/valid-quantity',
  ],
  ['CPU below a thousandth', { 'cpu: 50m': 'cpu: «0.0005' }, 'config/valid-quantity'],
  ['CPU in parts of a thousandth', { 'cpu: 50m': 'cpu: «1.5m' }, 'config/valid-quantity'],
  ['CPU beyond what is counted', { 'cpu: 250m': `cpu: «${'9'.repeat(19)}` }, 'config/valid-quantity'],
  ['memory beyond what is counted', { 'memory: 128Mi': 'memory: «8Ei' }, 'config/valid-quantity'],
  [
    'memory of more digits than a number has',
    { 'memory: 128Mi': `memory: «${'9'.repeat(500)}` },
    'config/valid-quantity',
  ],
  ['a volume of nothing', { 'claim: { size: 1Gi }': 'claim: { size: «0 }' }, 'config/valid-quantity'],
  ['a volume of less than nothing', { 'claim: { size: 1Gi }': 'claim: { size: «-1Gi }' }, 'config/invalid-value'],
  [
    'a volume beyond what is counted',
    { 'claim: { size: 1Gi }': 'claim: { size: «9223372036854775808 }' },
    'config/valid-quantity',
  ],
  ['a volume in parts of a byte', { 'claim: { size: 1Gi }': 'claim: { size: «10000000.5 }' }, 'config/valid-quantity'],
  [
    'a volume that is too precise',
    { 'claim: { size: 1Gi }': 'claim: { size: «1.0000000001Gi }' },
    'config/valid-quantity',
  ],
];

export const mounts: readonly Limit[] = [
  ...['/etc', '/etc/', '//etc', '/./etc', '/etc/passwd', '/proc', '/proc/self', '/sys/fs', '/dev', '/dev/sda', '/'].map(
    (path): Limit => [`a volume at ${path}`, mount(path), 'config/valid-mount-path'],
  ),
  ...['/var/run/secrets', '/run/secrets/kubernetes.io', '/usr', '/var'].map(
    (path): Limit => [`a volume at ${path}`, mount(path), 'config/valid-mount-path'],
  ),
  ...['/tmp', '/tmp/x'].map(
    (path): Limit => [
      `a volume at ${path} of a hardened service`,
      { ...mount(path), 'replicas: 1': 'hardened: true' },
      'config/valid-mount-path',
    ],
  ),
  ...['/app/../etc', '/app/..', '/../app'].map(
    (path): Limit => [`a volume at ${path}`, mount(path), 'config/valid-mount-path'],
  ),
  [
    'a volume inside of another',
    { '      - { name: api-data': '      - { name: cache, mountPath: «/app/data/cache }\n      - { name: api-data' },
    'config/valid-mount-path',
  ],
  ['a path that Linux does not have', mount(`/${'é/'.repeat(1500)}b`), 'config/valid-mount-path'],
  ['a name that Linux does not have', mount(`/app/${long(256)}`), 'config/valid-mount-path'],
  ['a path with a colon', mount('"/app:data"'), 'config/invalid-value'],
];
