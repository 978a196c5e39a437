import { image, type Limit, long, more, value, variable } from './limit.ts';

/** References to images, and ports. */
/** So many services with a port of the nodes each, and one more on the first of these ports. */
const nodePorts = (count: number) =>
  Array.from(
    { length: count + 1 },
    (_, index) =>
      `  - { name: s${index}, image: "s:1", port: 80, nodePort: ${index === count ? '«' : ''}${30_000 + (index % count)} }\n`,
  ).join('');

export const images: readonly Limit[] = [
  ['an image of 256 characters', image(`registry.example.com/${long(256)}`), 'config/valid-image'],
  ['an image that is too long in library', image(`${long(248)}:1`), 'config/valid-image'],
  ['an image of many parts', image(`registry.example.com/${`${long(50)}/`.repeat(5)}${long(5)}`), 'config/valid-image'],
  ['a tag of 129 characters', image(`web:${long(129)}`), 'config/valid-image'],
  ['a digest that is too short', image(`web@sha256:${long(63)}`), 'config/valid-image'],
  ['a digest that is too long', image(`web@sha256:${long(65)}`), 'config/valid-image'],
  ['a digest in capitals', image(`web@sha256:${'A'.repeat(64)}`), 'config/valid-image'],
  ['a digest of an algorithm that nobody has', image(`web@md5:${long(32)}`), 'config/valid-image'],
  ['a digest of sha512 with the length of sha256', image(`web@sha512:${long(64)}`), 'config/valid-image'],
  ['the id of an image', image(long(64)), 'config/valid-image'],
  [
    'an image of a datastore',
    { 'type: redis': `type: redis\n    image: «registry.example.com/${long(256)}` },
    'config/valid-image',
  ],
];

export const ports: readonly Limit[] = [
  ['a service on port 0', { 'port: 8081': 'port: «0' }, 'config/invalid-value'],
  ['a service on port 65536', { 'port: 8081': 'port: «65536' }, 'config/invalid-value'],
  ['a service on a port below 0', { 'port: 8081': 'port: «-1' }, 'config/invalid-value'],
  ['a port with more digits than a number has', { 'port: 8081': `port: «${'9'.repeat(400)}` }, 'config/invalid-value'],
  ['a port of the nodes below their range', { 'nodePort: 30010': 'nodePort: «29999' }, 'config/invalid-value'],
  ['a port of the nodes above their range', { 'nodePort: 30010': 'nodePort: «32768' }, 'config/invalid-value'],
  [
    'more ports of the nodes than there are',
    { 'services:\n': `services:\n${nodePorts(2768)}`, '    nodePort: 30010\n': '' },
    'config/unique-node-port',
  ],
  ['a URL in the ConfigMap with port 65536', value('http://api:65536/x'), 'config/valid-port'],
  ['a URL in the ConfigMap with port 0', value('redis://cache:0'), 'config/valid-port'],
  ['a URL in a variable with port 99999', variable('"postgresql://shop@db:99999/shop"'), 'config/valid-port'],
  ['a URL with an address of IPv6', variable('"http://[::1]:70000/"'), 'config/valid-port'],
  [
    'an OTLP endpoint with port 0',
    {
      'namespace: coralogix':
        'namespace: coralogix\n  delivery: manifests\n  export: { type: otlp, endpoint: «"otel:0" }',
    },
    'config/valid-port',
  ],
  [
    'an OTLP endpoint with port 99999',
    {
      'namespace: coralogix':
        'namespace: coralogix\n  delivery: manifests\n  export: { type: otlp, endpoint: «"otel:99999" }',
    },
    'config/valid-port',
  ],
  ['an image of a registry on port 70000', image('"registry:70000/web:1"'), 'config/valid-port'],
  ['a registry on port 0', more('deploy: { images: { registry: «"registry:0/team" } }'), 'config/valid-port'],
  [
    'a repository of charts on port 65536',
    more('deploy: { chartRepository: «"https://charts:65536" }'),
    'config/valid-port',
  ],
  [
    'a repository of Argo CD on port 65536',
    more('gitops: { tool: argo-cd, repository: «"ssh://git@host:65536/shop" }'),
    'config/valid-port',
  ],
  [
    'an authority on port 65536',
    { 'secretName: shop-tls': 'acme: { email: ops@example.com, server: «"https://acme:65536/" }' },
    'config/valid-port',
  ],
];
