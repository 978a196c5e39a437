import { external, type Limit, more } from './limit.ts';

/** Addresses, paths and intervals. */
export const addresses: readonly Limit[] = [
  ...['http://get.k3s.io', 'HTTP://get.k3s.io', 'ftp://get.k3s.io', 'https://', 'install.sh', '../install.sh'].map(
    (installer): Limit => [
      `the installer ${installer}`,
      more(`deploy: { k3s: { version: v1.34.4+k3s1, installer: «"${installer}" } }`),
      'config/invalid-value',
    ],
  ),
  ...['../dist', 'a/../../dist', '/dist', 'dist/..'].map(
    (path): Limit => [
      `the path ${path} of Argo CD`,
      more(`gitops: { tool: argo-cd, repository: "https://git.example.com/shop", path: «${path} }`),
      'config/invalid-value',
    ],
  ),
  ['a path of Flux upwards', more('gitops: { tool: flux, path: «./../dist }'), 'config/invalid-value'],
  [
    'an address as the host of the Ingress',
    { 'host: shop.example.com': 'host: «192.0.2.1' },
    'config/valid-ingress-host',
  ],
  ...['//', '/a//b', '/a/../b', '/a/.', '/a%2Fb', '/a`b'].map(
    (path): Limit => [
      `the path ${path} of the Ingress`,
      { 'path: /,': `path: «"${path}",` },
      'config/valid-route-path',
    ],
  ),
];

export const durations: readonly Limit[] = [
  ...['0s', '0m', '0h0m0s', '0ms', '999ms', '8761h', `${'9'.repeat(400)}h`].map(
    (interval): Limit => [
      `the interval ${interval.slice(0, 20)} of Flux`,
      more(`gitops: { tool: flux, interval: «${interval} }`),
      'config/invalid-value',
    ],
  ),
  ['an ExternalSecret that is never read', { 'keys: [DB_PASSWORD, API_KEY]': external('«0s') }, 'config/invalid-value'],
  [
    'an ExternalSecret that is read all the time',
    { 'keys: [DB_PASSWORD, API_KEY]': external('«1ms') },
    'config/invalid-value',
  ],
];
