import type { BrokenConfig } from './broken-config.ts';

/** Environment variables and where they come from. */
export const variablesCases: readonly BrokenConfig[] = [
  {
    title: 'a name of a variable that is none',
    change: {
      'MODE: fast': '«fast-mode: on',
    },
    code: 'config/invalid-key',
    message:
      'the key "fast-mode" in services[0].env must be an environment variable name: letters, digits and "_", no digit first',
    suggestion: 'write: fast_mode',
  },
  {
    title: 'a key that the ConfigMap has not',
    change: {
      '[LOG_LEVEL]': '[«LOG_LEVELS]',
    },
    code: 'config/valid-config-key',
    message: 'service api reads LOG_LEVELS, but configMap.data has no such key',
    suggestion: 'write: LOG_LEVEL',
  },
  {
    title: 'a key like none that the ConfigMap has',
    change: {
      '[LOG_LEVEL]': '[«FEATURE]',
    },
    code: 'config/valid-config-key',
    message: 'service api reads FEATURE, but configMap.data has no such key',
    suggestion: 'add FEATURE: … to configMap.data, or write: LOG_LEVEL, REDIS_URL or API_URL',
  },
  {
    title: 'a key that the Secret has not',
    change: {
      'secretKeys: [API_KEY]': 'secretKeys: [«API_KEYS]',
    },
    code: 'config/valid-secret-key',
    message: 'service api reads API_KEYS, but secret.keys does not name it',
    suggestion: 'write: API_KEY',
  },
  {
    title: 'a password that the Secret has not',
    change: {
      'passwordKey: DB_PASSWORD': 'passwordKey: «PGPASS',
    },
    code: 'config/valid-secret-key',
    message: 'datastore postgresql reads PGPASS, but secret.keys does not name it',
    suggestion: 'add PGPASS to secret.keys, or write: DB_PASSWORD or API_KEY',
  },
  {
    title: 'a key of a Secret that is not there',
    change: {
      'secret:\n  name: shop-secrets\n  keys: [DB_PASSWORD, API_KEY]\n': '',
      'passwordKey: DB_PASSWORD': 'passwordKey: «DB_PASSWORD',
      '    secretKeys: [API_KEY]\n': '',
    },
    code: 'config/valid-secret-key',
    message: 'datastore postgresql reads DB_PASSWORD, but the file has no secret',
    suggestion: 'write: secret: { name: …, keys: [DB_PASSWORD] }',
  },
  {
    title: 'a common key that is listed again',
    change: {
      '[LOG_LEVEL]': '[LOG_LEVEL, «CX_DOMAIN]',
    },
    code: 'config/no-provided-variable',
    message: 'CX_DOMAIN is in the ConfigMap and in every container already',
    suggestion: 'remove it; its value comes from coralogix.domain',
  },
  {
    title: 'the endpoint listed again',
    change: {
      '[LOG_LEVEL]': '[«OTEL_EXPORTER_OTLP_ENDPOINT]',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_EXPORTER_OTLP_ENDPOINT is in the ConfigMap and in every container already',
    suggestion: 'remove it; its value comes from collector.namespace',
  },
  {
    title: 'a variable of the telemetry',
    change: {
      'MODE: fast': '«OTEL_TRACES_SAMPLER: always_off',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_TRACES_SAMPLER belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'an exporter that sends nowhere',
    change: {
      'MODE: fast': '«OTEL_TRACES_EXPORTER: none',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_TRACES_EXPORTER: none keeps the spans of the service from the collector',
    suggestion: 'remove it',
  },
  {
    title: 'propagators that the other services do not read',
    change: {
      'MODE: fast': '«OTEL_PROPAGATORS: b3',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_PROPAGATORS: b3 ends traces at this service, since the others read tracecontext',
    suggestion: 'remove it',
  },
  {
    title: 'a variable of the shell in a name',
    change: {
      'environment: production': 'environment: «${ENV}',
    },
    code: 'config/no-unreplaced-variable',
    message: 'environment holds ${ENV}, and variables does not declare it',
    suggestion: 'write: variables: [ENV] at the top of the file, or the value',
  },
  {
    title: 'an environment that SDKs read in different ways',
    change: {
      'environment: production': 'environment: «"pre prod, eu=1"',
    },
    code: 'config/valid-environment',
    message: 'environment holds characters that SDKs of several languages read in different ways: "pre prod, eu=1"',
    suggestion: 'write: pre-prod-eu-1',
  },
  {
    title: 'an environment that holds an expansion of something else',
    change: {
      'environment: production': 'environment: «"${env:STAGE}"',
    },
    code: 'config/valid-environment',
    message: 'environment holds characters that SDKs of several languages read in different ways: "${env:STAGE}"',
    suggestion: 'write: env:STAGE',
  },
  {
    title: 'an SDK that is switched off',
    change: {
      'MODE: fast': '«OTEL_SDK_DISABLED: "true"',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_SDK_DISABLED: true keeps the spans of the service from the collector',
    suggestion: 'remove it',
  },
  {
    title: 'another endpoint for spans',
    change: {
      'MODE: fast': '«OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: http://other:4317',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'another service name by its variable',
    change: {
      'MODE: fast': '«OTEL_SERVICE_NAME: other',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_SERVICE_NAME belongs to the telemetry that every container is given',
    suggestion: 'remove it, or write: serviceName: …',
  },
  {
    title: 'an attribute that the telemetry has',
    change: {
      'MODE: fast }': 'MODE: fast }\n    resourceAttributes: { «k8s.pod.name: api-0 }',
    },
    code: 'config/no-provided-attribute',
    message: 'k8s.pod.name belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'an attribute that SDKs read in different ways',
    change: {
      'MODE: fast }': 'MODE: fast }\n    resourceAttributes: { team: «"a,b" }',
    },
    code: 'config/invalid-value',
    message:
      'services[0].resourceAttributes.team must be text of A-Z a-z 0-9 . _ / @ : - alone, which every SDK reads alike, not "a,b"',
    suggestion: 'write: text of A-Z a-z 0-9 . _ / @ : - alone, which every SDK reads alike',
  },
  {
    title: 'a reference to a variable that stands behind',
    change: {
      'MODE: fast': 'URL: «"http://$(HOST)/$(K8S_POD_NAME)", HOST: a',
    },
    code: 'config/no-unknown-variable-reference',
    message:
      'URL of service api refers to HOST, and no variable of that name stands before it: the text arrives as it is',
    suggestion: 'add HOST before it, or write: $$(HOST)',
  },
  {
    title: 'a key of the Secret under another name that it has not',
    change: {
      'MODE: fast': 'TOKEN: { secretKeyRef: { name: shop-secrets, key: «API_KEYS } }',
    },
    code: 'config/valid-secret-key',
    message: 'service api reads API_KEYS, but secret.keys does not name it',
    suggestion: 'write: API_KEY',
  },
  {
    title: 'a variable from a source that Kubernetes does not have',
    change: {
      'MODE: fast': 'IP: { fieldRef: { «path: status.podIP, fieldPath: status.podIP } }',
    },
    code: 'config/unknown-key',
    message: 'unknown key "path" in services[0].env.IP.fieldRef',
    suggestion: 'remove it; allowed here: apiVersion, fieldPath',
  },
  {
    title: 'a variable of the pod',
    change: {
      'MODE: fast': '«K8S_POD_NAME: api-0',
    },
    code: 'config/no-provided-variable',
    message: 'K8S_POD_NAME belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'a variable that chooses resource detectors',
    change: {
      'MODE: fast': '«OTEL_NODE_RESOURCE_DETECTORS: host',
    },
    code: 'config/no-provided-variable',
    message: 'OTEL_NODE_RESOURCE_DETECTORS belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'a variable of the telemetry from the Secret',
    change: {
      'secretKeys: [API_KEY]': 'secretKeys: [«SERVICE_NAME]',
    },
    code: 'config/no-provided-variable',
    message: 'SERVICE_NAME belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'a common key that the ConfigMap defines',
    change: {
      'LOG_LEVEL: info': 'LOG_LEVEL: info\n    «ENVIRONMENT: test',
    },
    code: 'config/no-provided-config-key',
    message: 'ENVIRONMENT is in the ConfigMap and in every container already',
    suggestion: 'remove it; its value comes from environment',
  },
  {
    title: 'a variable of the telemetry in the ConfigMap',
    change: {
      'LOG_LEVEL: info': 'LOG_LEVEL: info\n    «OTEL_SERVICE_NAME: shop',
    },
    code: 'config/no-provided-config-key',
    message: 'OTEL_SERVICE_NAME belongs to the telemetry that every container is given',
    suggestion: 'remove it',
  },
  {
    title: 'one variable from two sources',
    change: {
      'MODE: fast': '«API_KEY: none',
    },
    code: 'config/unique-variable',
    message: 'service api has the variable API_KEY already (secretKeys, line 31)',
    suggestion: 'remove one of the two',
  },
  {
    title: 'one variable twice in a list',
    change: {
      '[LOG_LEVEL]': '[LOG_LEVEL, «LOG_LEVEL]',
    },
    code: 'config/unique-variable',
    message: 'service api has the variable LOG_LEVEL already (configKeys, line 30)',
    suggestion: 'remove one of the two',
  },
  {
    title: 'a variable that the loader reads, which is a warning',
    change: { 'env: { MODE: fast }': 'env: { «LD_PRELOAD: /x.so }' },
    code: 'config/no-loader-variable',
    message:
      'LD_PRELOAD of service api is read by the dynamic linker and replaces what the image sets, instrumentation included',
    suggestion: 'remove it, or set it in the image (ENV LD_PRELOAD)',
  },
  {
    title: 'a ConfigMap that kubectl applies on the server alone, which is a warning',
    change: {
      '    LOG_LEVEL: info\n': `    «LOG_LEVEL: info\n${['A', 'B', 'C'].map((key) => `    ${key}: ${'x'.repeat(100_000)}\n`).join('')}`,
    },
    code: 'config/no-large-manifest',
    message:
      'the data of the ConfigMap has 300686 bytes together, and an annotation, in which kubectl keeps a copy, holds 262144',
    suggestion: 'run: kubectl apply --server-side; podhost deploy does so',
  },
  {
    title: 'a variable that no process is started with',
    change: { 'env: { MODE: fast }': `env: { «MODE: ${'x'.repeat(131_067)} }` },
    code: 'config/valid-object-size',
    message: 'the variable MODE has 131073 bytes; Linux starts no process with more than 131072',
    suggestion: 'write: less, or mount it as a file',
  },
];
