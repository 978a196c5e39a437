import { type Limit, long } from './limit.ts';

/** What is larger than an object, a variable or an annotation. */
export const sizes: readonly Limit[] = [
  [
    'a ConfigMap of more than 1 MiB',
    {
      '    LOG_LEVEL: info\n': `    «LOG_LEVEL: info\n${Array.from({ length: 9 }, (_, index) => `    K${index}: ${long(120_000)}\n`).join('')}`,
    },
    'config/valid-object-size',
  ],
  [
    'variables of more than 1 MiB',
    {
      'env: { MODE: fast }': `«env: { ${Array.from({ length: 9 }, (_, index) => `K${index}: ${long(120_000)}`).join(', ')} }`,
    },
    'config/valid-object-size',
  ],
  [
    'a variable that no process is started with',
    { 'env: { MODE: fast }': `env: { «MODE: ${long(131_072)} }` },
    'config/valid-object-size',
  ],
  [
    'a value of the ConfigMap that is read as such a variable',
    { 'LOG_LEVEL: info': `«LOG_LEVEL: ${long(131_072)}` },
    'config/valid-object-size',
  ],
  [
    'keys of a Secret of more than 1 MiB',
    {
      'keys: [DB_PASSWORD, API_KEY]': `keys: «[DB_PASSWORD, API_KEY, ${Array.from({ length: 4300 }, (_, index) => `K${index}_${long(240)}`).join(', ')}]`,
    },
    'config/valid-object-size',
  ],
  [
    'policies of more than 1 MiB',
    {
      'enabled: true': `policies: «[{ name: a, type: ottl_condition, ottl_condition: { span: [${Array.from({ length: 20 }, () => long(60_000)).join(', ')}] } }]`,
    },
    'config/valid-object-size',
  ],
  [
    'a key of the ConfigMap of 254 characters',
    { 'LOG_LEVEL: info': `LOG_LEVEL: info\n    «${long(254)}: x` },
    'config/valid-name-length',
  ],
  [
    'a key of the Secret of 254 characters',
    { 'DB_PASSWORD, API_KEY]': `DB_PASSWORD, API_KEY, «${long(254)}]` },
    'config/valid-name-length',
  ],
  [
    'an annotation without end',
    { 'secretName: shop-tls': `traefikResolver: «${long(300_000)}` },
    'config/invalid-value',
  ],
  [
    'an environment that is longer than an attribute may be',
    { 'environment: production': `environment: «${long(257)}` },
    'config/valid-environment',
  ],
  [
    'an environment of characters that SDKs read in different ways',
    { 'environment: production': `environment: «${'é'.repeat(43)}` },
    'config/valid-environment',
  ],
];
