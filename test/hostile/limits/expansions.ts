import { type Limit, policy } from './limit.ts';

/** Text that somebody expands, and numbers that do not arrive as they were written. */
export const expansions: readonly Limit[] = [
  ...['a${env:PRIVATE_KEY}b', '${CORALOGIX_PRIVATE_KEY}', 'a$${b', 'a$$b', '{{ .Release.Name }}', 'a\\\\b', "it's"].map(
    (name): Limit => [
      `the cluster ${name}`,
      { 'clusterName: shop': `clusterName: «"${name}"` },
      'config/no-expanded-text',
    ],
  ),
  ['a reference in a policy', policy('latency: { value: «"${env:CORALOGIX_PRIVATE_KEY}" }'), 'config/no-expanded-text'],
  ['a reference behind an escaped $', policy('latency: { value: «"$$${env:X}" }'), 'config/no-expanded-text'],
  ['a template in a policy', policy('latency: { value: «"{{ .Values.global }}" }'), 'config/no-expanded-text'],
  ['a template as a key of a policy', policy('latency: { «"{{ a }}": 1 }'), 'config/no-expanded-text'],
  [
    'a reference in the address of ACME',
    { 'secretName: shop-tls': 'acme: { email: «"a$(HOSTNAME)@b.c" }' },
    'config/no-expanded-text',
  ],
];

export const numbers: readonly Limit[] = [
  ['a number that loses digits', policy('latency: { threshold_ms: «12345678901234567890 }'), 'config/invalid-value'],
  ['a number without end', policy('latency: { threshold_ms: «.inf }'), 'config/invalid-value'],
  ['what is no number', policy('latency: { threshold_ms: «.nan }'), 'config/invalid-value'],
  ['a number that grows without end', policy('latency: { threshold_ms: «1e400 }'), 'config/invalid-value'],
];
