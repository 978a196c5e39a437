import type { BrokenConfig } from './broken-config.ts';

/** Secrets where everybody can read them. */
export const secretsCases: readonly BrokenConfig[] = [
  {
    title: 'a secret as the environment',
    change: {
      'environment: production': 'environment: «cxtp_A1b2C3d4E5f6G7h8I9j0',
    },
    code: 'config/no-literal-secret',
    message: 'environment holds a Coralogix API key; a secret belongs in no file',
    suggestion: 'remove it; services read secrets by secret.keys and their secretKeys',
  },
  {
    title: 'a secret in a setting of a policy',
    change: {
      'enabled: true': 'policies: [{ name: a, type: drop, token: «abc }]',
    },
    code: 'config/no-literal-secret',
    message: 'collector.loadBalancing.policies[0].token holds a secret, as its name shows; a secret belongs in no file',
    suggestion: 'remove it; services read secrets by secret.keys and their secretKeys',
  },
  {
    title: 'a password in the ConfigMap',
    change: {
      'LOG_LEVEL: info': 'LOG_LEVEL: info\n    DB_PASSWORD: «hunter2',
    },
    code: 'config/no-literal-secret',
    message: 'configMap.data.DB_PASSWORD holds a secret, as its name shows; a secret belongs in no file',
    suggestion: 'remove it; write: DB_PASSWORD under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a token in a variable',
    change: {
      'MODE: fast': 'GITHUB_TOKEN: «dummy',
    },
    code: 'config/no-literal-secret',
    message: 'services[0].env.GITHUB_TOKEN holds a secret, as its name shows; a secret belongs in no file',
    suggestion: 'remove it; write: GITHUB_TOKEN under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a Coralogix key under any name',
    change: {
      'MODE: fast': 'MODE: «cxtp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5',
    },
    code: 'config/no-literal-secret',
    message: 'services[0].env.MODE holds a Coralogix API key; a secret belongs in no file',
    suggestion: 'remove it; write: MODE under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a URL with a password',
    change: {
      'LOG_LEVEL: info': 'LOG_LEVEL: «postgresql://shop:s3cret@postgresql:5432/shop',
    },
    code: 'config/no-literal-secret',
    message: 'configMap.data.LOG_LEVEL holds a URL with a password; a secret belongs in no file',
    suggestion: 'remove it; write: LOG_LEVEL under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a private key in a block',
    change: {
      'LOG_LEVEL: info': 'LOG_LEVEL: «|\n      -----BEGIN RSA PRIVATE KEY-----\n      MIIE',
    },
    code: 'config/no-literal-secret',
    message: 'configMap.data.LOG_LEVEL holds a private key; a secret belongs in no file',
    suggestion: 'remove it; write: LOG_LEVEL under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a random token under any name',
    change: {
      'MODE: fast': 'MODE: «q7Rt2Lm9Xz4Kp8Wv3Bn6Ys1D',
    },
    code: 'config/no-literal-secret',
    message: 'services[0].env.MODE holds a random token; a secret belongs in no file',
    suggestion: 'remove it; write: MODE under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a UUID under a name of keys',
    change: {
      'MODE: fast': 'CX_API_KEY_ID: «3f2b8c1e-9d4a-4b7e-8f6a-2c5d1e0b9a87',
    },
    code: 'config/no-literal-secret',
    message: 'services[0].env.CX_API_KEY_ID holds a key; a secret belongs in no file',
    suggestion: 'remove it; write: CX_API_KEY_ID under secret.keys and in the secretKeys of each service that reads it',
  },
  {
    title: 'a secret in a place of another kind',
    change: {
      'clusterName: shop': 'clusterName: «ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    },
    code: 'config/no-literal-secret',
    message: 'clusterName holds a GitHub token; a secret belongs in no file',
    suggestion: 'remove it; services read secrets by secret.keys and their secretKeys',
  },
  {
    title: 'a secret as the application name',
    change: {
      'applicationName: shop': 'applicationName: «AKIAIOSFODNN7EXAMPLE',
    },
    code: 'config/no-literal-secret',
    message: 'coralogix.applicationName holds an AWS access key; a secret belongs in no file',
    suggestion: 'remove it; services read secrets by secret.keys and their secretKeys',
  },
];
