import { type Limit, more, mount, policy, value, variable } from './limit.ts';

/** Characters that a file, an environment or one line cannot hold. */
export const characters: readonly Limit[] = [
  ['NUL in a value of the ConfigMap', value('"a\\0b"'), 'config/invalid-value'],
  ['half of a surrogate pair in a value of the ConfigMap', value('"a\\ud800b"'), 'config/invalid-value'],
  ['the other half', value('"\\udfff"'), 'config/invalid-value'],
  ['a control character that the API server does not read', value('"a\\x7f"'), 'config/invalid-value'],
  ['the end of a line that the API server makes a space of', value('"a\\Nb"'), 'config/invalid-value'],
  ['what is no character in a variable', variable('"\\uffff"'), 'config/invalid-value'],
  ['NUL in a variable', variable('"\\x00"'), 'config/invalid-value'],
  ['half of a surrogate pair in a variable', variable('"\\udc00"'), 'config/invalid-value'],
  [
    'a control character in the name of the cluster',
    { 'clusterName: shop': 'clusterName: «"a\\x07b"' },
    'config/invalid-value',
  ],
  [
    'an escape of a terminal in the environment',
    { 'environment: production': 'environment: «"\\e[31mred"' },
    'config/invalid-value',
  ],
  [
    'NUL in the name of the application',
    { 'applicationName: shop': 'applicationName: «"shop\\0"' },
    'config/invalid-value',
  ],
  [
    'half of a surrogate pair in the environment',
    { 'environment: production': 'environment: «"\\ud83d"' },
    'config/invalid-value',
  ],
  ['a control character in a mount path', mount('"/app/\\x01"'), 'config/invalid-value'],
  ['NUL in a path of the Ingress', { 'path: /,': 'path: «"/a\\0",' }, 'config/invalid-value'],
  ['a control character in a health path', { 'nodePort: 30010': 'healthPath: «"/\\x7f"' }, 'config/invalid-value'],
  ['NUL in a policy', policy('latency: { key: «"a\\0" }'), 'config/invalid-value'],
  ['half of a surrogate pair as a key of a policy', policy('latency: { "a\\ud800": «1 }'), 'config/invalid-value'],
  ['a path of Flux on two lines', more('gitops: { tool: flux, path: «"./a\\nb" }'), 'config/invalid-value'],
  [
    'half of a surrogate pair in the address of ACME',
    { 'secretName: shop-tls': 'acme: { email: «"a\\ud800@b.c" }' },
    'config/invalid-value',
  ],
];
