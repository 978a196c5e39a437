import type { BrokenConfig } from './broken-config.ts';

/** What single values may look like. */
export const shapeCases: readonly BrokenConfig[] = [
  {
    title: 'text with a space before it',
    change: {
      'environment: production': 'environment: «" production"',
    },
    code: 'config/invalid-value',
    message: 'environment must be one line without spaces around it, not " production"',
    suggestion: 'write: production',
  },
  {
    title: 'text of two lines',
    change: {
      'environment: production': 'environment: «|\n  pro\n  duction',
    },
    code: 'config/invalid-value',
    message: 'environment must be one line without spaces around it, not "pro\\nduction\\n"',
    suggestion: 'write: pro duction',
  },
  {
    title: 'a misspelt key',
    change: {
      '  domain: eu2': '  «domian: eu2',
    },
    code: 'config/unknown-key',
    message: 'unknown key "domian" in coralogix',
    suggestion: 'write: domain',
  },
  {
    title: 'a misspelt key that is not required',
    change: {
      'nodePort: 30010': '«nodeport: 30010',
    },
    code: 'config/unknown-key',
    message: 'unknown key "nodeport" in services[0]',
    suggestion: 'write: nodePort',
  },
  {
    title: 'a key like nothing that is allowed',
    change: {
      'applicationName: shop': 'applicationName: shop\n  «xyz: 1',
    },
    code: 'config/unknown-key',
    message: 'unknown key "xyz" in coralogix',
    suggestion: 'remove it; allowed here: domain, applicationName',
  },
  {
    title: 'a misspelt key beside the right one',
    change: {
      'clusterName: shop': 'clusterName: shop\n«cluster_name: shop',
    },
    code: 'config/unknown-key',
    message: 'unknown key "cluster_name" at the top of the file',
    suggestion: 'remove it; clusterName stands there already',
  },
  {
    title: 'a merge key',
    change: {
      'serviceDefaults:\n': 'serviceDefaults:\n  «<<: {}\n',
    },
    code: 'config/unknown-key',
    message: 'unknown key "<<" in serviceDefaults',
    suggestion: 'write out what is merged: a configuration has no merge keys',
  },
  {
    title: 'a key of another type of datastore',
    change: {
      'type: redis\n': 'type: redis\n    «database: shop\n',
    },
    code: 'config/unknown-key',
    message: 'unknown key "database" in datastores[0]',
    suggestion:
      'remove it; allowed here: name, storage, resources, runAsUser, selector, hardened, patch, type, image, passwordKey',
  },
  {
    title: 'a missing key',
    change: {
      '    image: web:latest\n': '',
      '- name: web': '- «name: web',
    },
    code: 'config/missing-key',
    message: 'services[1] has no key image',
    suggestion: 'write: image: …  # Container image with tag or digest',
  },
  {
    title: 'a missing key at the top',
    change: {
      'namespace: shop\n': '',
      'name: shop\nen': '«name: shop\nen',
    },
    code: 'config/missing-key',
    message: 'the file has no key namespace',
    suggestion: 'write: namespace: …  # Namespace of the application',
  },
  {
    title: 'a key with nothing behind it',
    change: {
      'clusterName: shop': '«clusterName:',
    },
    code: 'config/invalid-value',
    message: 'clusterName must not be empty, but nothing is written',
    suggestion: 'write: clusterName: …  # k8s.cluster.name of everything that the collector sends',
  },
  {
    title: 'a key in braces with nothing behind it',
    change: {
      '{ service: api }': '{ «service }',
    },
    code: 'config/invalid-value',
    message:
      'configMap.data.API_URL.service must be a DNS label: lower-case letters, digits and "-", a letter first, at most 63 characters, but nothing is written',
    suggestion: 'write: service: …  # Becomes http://NAME:PORT of this service',
  },
  {
    title: 'a section with nothing under it',
    change: {
      'serviceDefaults:\n  replicas: 1': '«serviceDefaults:',
    },
    code: 'config/wrong-type',
    message: 'serviceDefaults: expected a mapping (KEY: VALUE lines), found nothing',
    suggestion: 'write what belongs under it, or remove it',
  },
  {
    title: 'text where a list belongs',
    change: {
      '[LOG_LEVEL]': '«LOG_LEVEL',
    },
    code: 'config/wrong-type',
    message: 'services[0].configKeys: expected a list, found the text "LOG_LEVEL"',
    suggestion: 'write: [LOG_LEVEL]',
  },
  {
    title: 'text where a mapping belongs',
    change: {
      '{ MODE: fast }': '«fast',
    },
    code: 'config/wrong-type',
    message: 'services[0].env: expected a mapping (KEY: VALUE lines), found the text "fast"',
    suggestion: 'write: { KEY: VALUE, … }',
  },
  {
    title: 'a list where text belongs',
    change: {
      'image: web:latest': 'image: «[web]',
    },
    code: 'config/wrong-type',
    message: 'services[1].image: expected text, found a list',
    suggestion: 'write: web',
  },
  {
    title: 'a list where a value of the ConfigMap belongs',
    change: {
      'LOG_LEVEL: info': 'LOG_LEVEL: «[info]',
    },
    code: 'config/wrong-type',
    message: 'configMap.data.LOG_LEVEL: expected text or a mapping (KEY: VALUE lines), found a list',
    suggestion: 'write: info',
  },
  {
    title: 'an empty mapping as a value of the ConfigMap',
    change: {
      '{ service: api }': '«{}',
      '    API_URL': '    API_URL',
    },
    code: 'config/missing-key',
    message: 'configMap.data.API_URL has none of the keys service, datastore',
    suggestion: 'write: service: … or datastore: …',
  },
  {
    title: 'text that must not be empty',
    change: {
      'environment: production': 'environment: «""',
    },
    code: 'config/invalid-value',
    message: 'environment must not be empty',
    suggestion: 'write: environment: …  # deployment.environment and deployment.environment.name',
  },
  {
    title: 'a name that is no DNS label',
    change: {
      '- name: web': '- name: «Web',
    },
    code: 'config/invalid-value',
    message:
      'services[1].name must be a DNS label: lower-case letters, digits and "-", a letter first, at most 63 characters, not "Web"',
    suggestion: 'write: web',
  },
  {
    title: 'a host that is no DNS name',
    change: {
      'shop.example.com': '«https://Shop.example.com',
    },
    code: 'config/invalid-value',
    message:
      'ingress.host must be a DNS name: lower-case letters, digits, "-" and ".", at most 253 characters, not "https://Shop.example.com"',
    suggestion: 'write: shop.example.com',
  },
  {
    title: 'a port that is no number',
    change: {
      '8081': '«8081/tcp',
    },
    code: 'config/invalid-value',
    message: 'services[1].port must be a whole number from 1 to 65535, not "8081/tcp"',
    suggestion: 'write: 8081',
  },
  {
    title: 'a port with a leading zero, which YAML 1.1 reads as octal',
    change: {
      '8081': '«08081',
    },
    code: 'config/invalid-value',
    message: 'services[1].port must be a whole number from 1 to 65535, not "08081"',
    suggestion: 'write: 8081',
  },
  {
    title: 'a NodePort out of range',
    change: {
      '30010': '«3001',
    },
    code: 'config/invalid-value',
    message: 'services[0].nodePort must be a whole number from 30000 to 32767, not "3001"',
    suggestion: 'write: a whole number from 30000 to 32767',
  },
  {
    title: 'a switch that YAML 1.1 alone knows',
    change: {
      'enabled: true': 'enabled: «yes',
    },
    code: 'config/invalid-value',
    message: 'collector.loadBalancing.enabled must be true or false, not "yes"',
    suggestion: 'write: true',
  },
  {
    title: 'a memory quantity that does not parse',
    change: {
      'memory: 128Mi': 'memory: «128mb',
    },
    code: 'config/invalid-value',
    message: 'services[0].resources.limits.memory must be a Kubernetes quantity such as 128Mi, not "128mb"',
    suggestion: 'write: 128Mi',
  },
  {
    title: 'a CPU quantity that does not parse',
    change: {
      'cpu: 250m': 'cpu: «"0,25"',
    },
    code: 'config/invalid-value',
    message: 'services[0].resources.limits.cpu must be a Kubernetes quantity such as 250m, not "0,25"',
    suggestion: 'write: 0.25',
  },
  {
    title: 'a path that is not absolute',
    change: {
      'path: /,': 'path: «api,',
    },
    code: 'config/invalid-value',
    message: 'ingress.routes[0].path must be an absolute path, "/" first, not "api"',
    suggestion: 'write: /api',
  },
  {
    title: 'a pull policy that does not exist',
    change: {
      'port: 8081': 'port: 8081\n    imagePullPolicy: «ifnotpresent',
    },
    code: 'config/invalid-value',
    message: 'services[1].imagePullPolicy must be IfNotPresent, Never or Always, not "ifnotpresent"',
    suggestion: 'write: IfNotPresent',
  },
  {
    title: 'a provider like none there is',
    change: {
      'namespace: coralogix': 'namespace: coralogix\n  provider: «hetzner',
    },
    code: 'config/invalid-value',
    message: 'collector.provider must be on-prem, aws, gcp or azure, not "hetzner"',
    suggestion: 'write: on-prem, aws, gcp or azure',
  },
  {
    title: 'a type of datastore that does not exist',
    change: {
      'type: redis': 'type: «reddis',
    },
    code: 'config/invalid-value',
    message: 'datastores[0].type must be redis or postgresql, not "reddis"',
    suggestion: 'write: redis',
  },
  {
    title: 'a datastore without a type',
    change: {
      '    type: redis\n': '',
      '- name: redis': '- «name: redis',
    },
    code: 'config/missing-key',
    message: 'datastores[0] has no key type',
    suggestion: 'write: type: redis or postgresql  # Kind of the datastore',
  },
  {
    title: 'a key of the ConfigMap that is no variable name',
    change: {
      'LOG_LEVEL: info': '«log-level: info',
      '[LOG_LEVEL]': '[]',
    },
    code: 'config/invalid-key',
    message:
      'the key "log-level" in configMap.data must be an environment variable name: letters, digits and "_", no digit first',
    suggestion: 'write: log_level',
  },
  {
    title: 'a policy whose name is a number',
    change: {
      'enabled: true': 'policies: [{ name: «5, type: drop }]',
    },
    code: 'config/wrong-type',
    message: 'collector.loadBalancing.policies[0].name: expected text, found 5 without quotes',
    suggestion: 'write: "5"',
  },
  {
    title: 'a list of several where text belongs',
    change: { 'image: web:latest': 'image: «[web, latest]' },
    code: 'config/wrong-type',
    message: 'services[1].image: expected text, found a list',
    suggestion: 'write: one text',
  },
];
