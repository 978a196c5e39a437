import type { BrokenConfig } from './broken-config.ts';

/** Services and their images. */
export const servicesCases: readonly BrokenConfig[] = [
  {
    title: 'two services of one name',
    change: {
      '- name: web': '- name: «api',
      'service: web': 'service: api',
    },
    code: 'config/unique-service-name',
    message: 'api is taken by the service in line 26; each becomes a Service of its name',
    suggestion: 'write: another name, such as api-2',
  },
  {
    title: 'a datastore with the name of a service',
    change: {
      '- name: redis': '- name: «web',
      'datastore: redis': 'datastore: web',
    },
    code: 'config/unique-service-name',
    message: 'web is taken by the service in line 38; each becomes a Service of its name',
    suggestion: 'write: another name, such as web-2',
  },
  {
    title: 'a service with the name of the endpoint',
    change: {
      '- name: web': '- name: «coralogix-opentelemetry-collector',
      'service: web': 'service: api',
    },
    code: 'config/unique-service-name',
    message: 'coralogix-opentelemetry-collector is the Service through which all spans reach the collector',
    suggestion: 'write: another name',
  },
  {
    title: 'two services with one NodePort',
    change: {
      'port: 8081': 'port: 8081\n    nodePort: «30010',
    },
    code: 'config/unique-node-port',
    message: 'nodePort 30010 is taken by the service in line 29',
    suggestion: 'write: 30011',
  },
  {
    title: 'an image reference in capitals',
    change: {
      'web:latest': '«Web Front:latest',
    },
    code: 'config/valid-image',
    message: '"Web Front:latest" is no image reference such as registry.example.com/shop/api:1.0.0',
    suggestion: 'write: web-front:latest',
  },
  {
    title: 'an image by its URL',
    change: {
      'web:latest': '«https://registry.example.com/web:1',
    },
    code: 'config/valid-image',
    message: '"https://registry.example.com/web:1" is no image reference such as registry.example.com/shop/api:1.0.0',
    suggestion: 'write: registry.example.com/web:1',
  },
  {
    title: 'an image reference that is beyond repair',
    change: {
      'web:latest': '«"web:"',
    },
    code: 'config/valid-image',
    message: '"web:" is no image reference such as registry.example.com/shop/api:1.0.0',
    suggestion: 'write: NAME:TAG',
  },
  {
    title: 'a local image that is always pulled',
    change: {
      'port: 8081': 'port: 8081\n    imagePullPolicy: «Always',
    },
    code: 'config/no-always-pull-of-local-image',
    message: 'service web would pull web:latest from Docker Hub at every start, because imagePullPolicy is Always',
    suggestion: 'write: IfNotPresent, or name the registry in image',
  },
  {
    title: 'a local image that is always pulled by default',
    change: {
      'replicas: 1': 'imagePullPolicy: Always',
      'web:latest': '«web:latest',
    },
    code: 'config/no-always-pull-of-local-image',
    message:
      'service web would pull web:latest from Docker Hub at every start, because imagePullPolicy is Always (serviceDefaults, line 24)',
    suggestion: 'write: imagePullPolicy: IfNotPresent beside it, or docker.io/library/web:latest',
  },
  {
    title: 'a local image without a tag that is always pulled by default',
    change: {
      'replicas: 1': 'imagePullPolicy: Always',
      'web:latest': '«team/web',
    },
    code: 'config/no-always-pull-of-local-image',
    message:
      'service web would pull team/web from Docker Hub at every start, because imagePullPolicy is Always (serviceDefaults, line 24)',
    suggestion: 'write: imagePullPolicy: IfNotPresent beside it, or docker.io/team/web',
  },
  {
    title: 'an image whose repository is too long',
    change: { 'web:latest': `«registry.example.com/${'a'.repeat(256)}` },
    code: 'config/valid-image',
    message: `the repository of an image has at most 255 characters; "${'a'.repeat(60)}…" has 256`,
    suggestion: 'write: a shorter name',
  },
  {
    title: 'a service in the namespace of the collector',
    change: { 'nodePort: 30010': 'namespace: «coralogix' },
    code: 'config/no-collector-namespace-for-services',
    message: 'service api is in coralogix, the namespace of the collector, where the name of the collector is taken',
    suggestion: 'write: another namespace',
  },
  {
    title: 'a namespace that no service is in',
    change: { 'serviceDefaults:': 'namespaces: { «shop-dta: { enforce: baseline } }\nserviceDefaults:' },
    code: 'config/valid-namespace-reference',
    message: 'no service is in the namespace shop-dta',
    suggestion: 'write: shop or coralogix',
  },
  {
    title: 'a route to a service of another namespace',
    change: { 'port: 8081': 'port: 8081\n    namespace: front', 'service: web }': 'service: «web }' },
    code: 'config/valid-namespace-reference',
    message: 'the Ingress is in shop and leads to no Service of front, where web is',
    suggestion: 'write: a service of shop',
  },
];
