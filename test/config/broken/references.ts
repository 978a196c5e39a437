import type { BrokenConfig } from './broken-config.ts';

/** Names that lead to something else in the file. */
export const referencesCases: readonly BrokenConfig[] = [
  {
    title: 'a datastore that does not exist',
    change: {
      'datastore: redis': 'datastore: «rediss',
    },
    code: 'config/valid-reference',
    message: 'no datastore is called rediss',
    suggestion: 'write: redis',
  },
  {
    title: 'a service that does not exist',
    change: {
      'service: api': 'service: «orders',
    },
    code: 'config/valid-reference',
    message: 'no service is called orders',
    suggestion: 'add it to services, or write: api or web',
  },
  {
    title: 'a datastore called a service',
    change: {
      'service: api': 'service: «redis',
    },
    code: 'config/valid-reference',
    message: 'redis is a datastore, not a service',
    suggestion: 'write: datastore: redis',
  },
  {
    title: 'a route to a service that does not exist',
    change: {
      'service: web': 'service: «wep',
    },
    code: 'config/valid-reference',
    message: 'no service is called wep',
    suggestion: 'write: web',
  },
  {
    title: 'a route to a datastore',
    change: {
      'service: web': 'service: «redis',
    },
    code: 'config/valid-reference',
    message: 'redis is a datastore, not a service',
    suggestion: 'name a service, or write: api or web',
  },
  {
    title: 'a key whose remote source is missing',
    change: {
      'keys: [DB_PASSWORD, API_KEY]':
        'keys: [DB_PASSWORD, «API_KEY]\n  externalSecret: { store: { name: vault }, remote: { DB_PASSWORD: { key: db } } }',
    },
    code: 'config/valid-external-secret',
    message: 'secret.externalSecret.remote has no entry for API_KEY',
    suggestion: 'add API_KEY: { key: … } to secret.externalSecret.remote',
  },
  {
    title: 'a remote source of a key that is not named',
    change: {
      'keys: [DB_PASSWORD, API_KEY]':
        'keys: [DB_PASSWORD, API_KEY]\n  externalSecret: { store: { name: vault }, remote: { DB_PASSWORD: { key: db }, API_KEY: { key: api }, «TOKEN: { key: t } } }',
    },
    code: 'config/valid-external-secret',
    message: 'secret.keys does not name TOKEN, so no service can read it',
    suggestion: 'add TOKEN to secret.keys',
  },
  {
    title: 'a key of the Secret named twice',
    change: {
      'keys: [DB_PASSWORD, API_KEY]': 'keys: [DB_PASSWORD, API_KEY, «API_KEY]',
    },
    code: 'config/unique-list-entry',
    message: 'API_KEY stands in line 22 already',
    suggestion: 'remove one of the two',
  },
  {
    title: 'the Secret of a certificate for the services',
    change: {
      'secretName: shop-tls': 'secretName: «shop-secrets',
    },
    code: 'config/unique-object-name',
    message: 'shop-secrets is the Secret of the services (line 21); a certificate is in a Secret of its own type',
    suggestion: 'write: shop-tls',
  },
  {
    title: 'the Secret that cert-manager writes for the services',
    change: {
      'name: shop-secrets': 'name: «shop-tls',
      'secretName: shop-tls': 'certManager: { name: letsencrypt }',
    },
    code: 'config/unique-object-name',
    message: 'cert-manager writes the certificate into the Secret shop-tls',
    suggestion: 'write: another name',
  },
];
