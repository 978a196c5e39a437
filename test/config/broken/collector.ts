import type { BrokenConfig } from './broken-config.ts';

/** The collector, its domain and its dimensions. */
export const collectorCases: readonly BrokenConfig[] = [
  {
    title: "the collector's manifests in the application's namespace",
    change: {
      'namespace: coralogix': 'delivery: manifests\n  namespace: «shop',
    },
    code: 'config/no-collector-in-application-namespace',
    message:
      "the collector cannot be in the application's own namespace shop: the agent works with the network and the files of its node, which no service may do",
    suggestion: 'write: coralogix',
  },
  {
    title: 'an export that the chart does not know',
    change: {
      'namespace: coralogix': 'namespace: coralogix\n  export: { type: «otlp }',
    },
    code: 'config/no-export-without-manifests',
    message: 'collector.export configures the manifests of the collector, but delivery is helm-values',
    suggestion: 'write: delivery: manifests, or remove collector.export',
  },
  {
    title: 'span metrics of a collector that somebody else keeps',
    change: {
      'namespace: coralogix\n  spanMetrics:': 'namespace: coralogix\n  delivery: existing\n  «spanMetrics:',
      '  loadBalancing:\n    enabled: true\n': '',
    },
    code: 'config/no-settings-of-existing-collector',
    message:
      'collector.delivery is existing, so collector.spanMetrics configures nothing: somebody else keeps the collector',
    suggestion: 'remove it',
  },
  {
    title: 'the Service of a collector that is installed here',
    change: { 'namespace: coralogix': 'namespace: coralogix\n  «service: agent' },
    code: 'config/no-settings-of-existing-collector',
    message: 'collector.service names the Service of an existing collector, and the delivery is another one',
    suggestion: 'write: delivery: existing, or remove it',
  },
  {
    title: 'an export of a type that does not exist',
    change: {
      'namespace: coralogix': 'namespace: coralogix\n  export: { type: «OLTP }',
    },
    code: 'config/invalid-value',
    message: 'collector.export.type must be coralogix or otlp, not "OLTP"',
    suggestion: 'write: otlp',
  },
  {
    title: 'an export endpoint with a scheme',
    change: {
      'namespace: coralogix':
        'delivery: manifests\n  namespace: coralogix\n  export: { type: otlp, endpoint: «"https://sink:4317" }',
    },
    code: 'config/invalid-value',
    message: 'collector.export.endpoint must be HOST:PORT, without a scheme, not "https://sink:4317"',
    suggestion: 'write: HOST:PORT, without a scheme',
  },
  {
    title: "the collector in the application's namespace",
    change: {
      'namespace: coralogix': 'namespace: «shop',
    },
    code: 'config/no-collector-in-application-namespace',
    message:
      "the collector cannot be in the application's own namespace shop: the chart's cluster collector has a Service coralogix-opentelemetry-collector, the name by which the services reach the agent on their own node",
    suggestion: 'write: coralogix',
  },
  {
    title: "the application in the collector's namespace, which is not written",
    change: {
      'namespace: shop': 'namespace: «coralogix',
      '  namespace: coralogix\n': '',
    },
    code: 'config/no-collector-in-application-namespace',
    message:
      "the collector cannot be in the application's own namespace coralogix: the chart's cluster collector has a Service coralogix-opentelemetry-collector, the name by which the services reach the agent on their own node (collector.namespace is coralogix by default)",
    suggestion: 'write: another namespace',
  },
  {
    title: 'the application in a namespace of Kubernetes',
    change: {
      'namespace: shop': 'namespace: «kube-system',
    },
    code: 'config/no-system-namespace',
    message: 'kube-system belongs to Kubernetes itself',
    suggestion: 'write: a namespace of its own',
  },
  {
    title: 'a release name too long for Helm',
    change: {
      'namespace: coralogix':
        'namespace: coralogix\n  release: «a-release-name-that-is-a-little-longer-than-helm-allows-it',
    },
    code: 'config/valid-name-length',
    message: 'Helm takes release names of at most 53 characters; this one has 58',
    suggestion: 'write: a-release-name-that-is-a-little-longer-than-helm-allo',
  },
  {
    title: 'a domain with a scheme and a port',
    change: {
      'domain: eu2.coralogix.com': 'domain: «https://eu2.coralogix.com:443/',
    },
    code: 'config/valid-domain',
    message: 'coralogix.domain is the bare host name of a region (EU2), not "https://eu2.coralogix.com:443/"',
    suggestion: 'write: eu2.coralogix.com',
  },
  {
    title: 'the domain of the ingress',
    change: {
      'domain: eu2.coralogix.com': 'domain: «ingress.eu2.coralogix.com',
    },
    code: 'config/valid-domain',
    message: 'coralogix.domain is the bare host name of a region (EU2), not "ingress.eu2.coralogix.com"',
    suggestion: 'write: eu2.coralogix.com',
  },
  {
    title: 'the domain of private link',
    change: {
      'domain: eu2.coralogix.com': 'domain: «ingress.private.us1.coralogix.com:443',
    },
    code: 'config/valid-domain',
    message: 'coralogix.domain is the bare host name of a region (US1), not "ingress.private.us1.coralogix.com:443"',
    suggestion: 'write: private.us1.coralogix.com',
  },
  {
    title: 'the address of a team',
    change: {
      'domain: eu2.coralogix.com': 'domain: «https://my-team.app.eu2.coralogix.com/#/apm',
    },
    code: 'config/valid-domain',
    message:
      'coralogix.domain is the bare host name of a region (EU2), not "https://my-team.app.eu2.coralogix.com/#/apm"',
    suggestion: 'write: eu2.coralogix.com',
  },
  {
    title: 'a region instead of its domain',
    change: {
      'domain: eu2.coralogix.com': 'domain: «EU2',
    },
    code: 'config/valid-domain',
    message: 'coralogix.domain is the bare host name of a region (EU2), not "EU2"',
    suggestion: 'write: eu2.coralogix.com',
  },
  {
    title: 'a domain in capitals',
    change: {
      'domain: eu2.coralogix.com': 'domain: «EU2.Coralogix.com',
    },
    code: 'config/valid-domain',
    message: 'coralogix.domain is the bare host name of a region (EU2), not "EU2.Coralogix.com"',
    suggestion: 'write: eu2.coralogix.com',
  },
  {
    title: 'a legacy domain with a scheme',
    change: {
      'domain: eu2.coralogix.com': 'domain: «https://api.coralogix.in',
    },
    code: 'config/valid-domain',
    message: 'coralogix.domain is the bare host name of a region (AP1), not "https://api.coralogix.in"',
    suggestion: 'write: ap1.coralogix.com',
  },
  {
    title: 'a domain that no region has',
    change: {
      'domain: eu2.coralogix.com': 'domain: «eu9.coralogix.com',
    },
    code: 'config/valid-domain',
    message: 'no Coralogix region has the domain "eu9.coralogix.com"',
    suggestion: 'write: eu1.coralogix.com or eu2.coralogix.com',
  },
  {
    title: 'a misspelt domain',
    change: {
      'domain: eu2.coralogix.com': 'domain: «eu2.corallogix.com',
    },
    code: 'config/valid-domain',
    message: 'no Coralogix region has the domain "eu2.corallogix.com"',
    suggestion: 'write: eu2.coralogix.com',
  },
  {
    title: 'the domain of somebody else',
    change: {
      'domain: eu2.coralogix.com': 'domain: «otlp.example.org',
    },
    code: 'config/valid-domain',
    message: 'no Coralogix region has the domain "otlp.example.org"',
    suggestion:
      'write: us1.coralogix.com, us2.coralogix.com, us3.coralogix.com, eu1.coralogix.com, eu2.coralogix.com, ap1.coralogix.com, ap2.coralogix.com, ap3.coralogix.com or gov1.coralogixgov.us',
  },
  {
    title: 'a dimension given twice',
    change: {
      '[k8s.pod.name]': '[k8s.pod.name, «k8s.pod.name]',
    },
    code: 'config/unique-dimension',
    message: 'k8s.pod.name stands in line 11 already, and the collector does not start with a dimension given twice',
    suggestion: 'remove one of the two',
  },
  {
    title: 'two dimensions that become one label',
    change: {
      '[k8s.pod.name]': '[k8s.pod.name, «k8s_pod.name]',
    },
    code: 'config/unique-dimension',
    message: 'k8s_pod.name and k8s.pod.name (line 11) both become the label k8s_pod_name',
    suggestion: 'remove one of the two',
  },
  {
    title: "the chart's own status_code given twice",
    change: {
      '[k8s.pod.name]': '[status_code, «status_code]',
    },
    code: 'config/unique-dimension',
    message: 'status_code stands in line 11 already, and the collector does not start with a dimension given twice',
    suggestion: 'remove one of the two',
  },
  {
    title: 'a dimension that every series has',
    change: {
      '[k8s.pod.name]': '[«service.name]',
    },
    code: 'config/no-reserved-dimension',
    message: 'every span metric has service.name already, and the collector does not start with it as a dimension',
    suggestion: 'remove it',
  },
  {
    title: 'a dimension that becomes the label that every series has',
    change: {
      '[k8s.pod.name]': '[«span_kind]',
    },
    code: 'config/no-reserved-dimension',
    message: 'span_kind becomes the same label as span.kind, which every span metric has already',
    suggestion: 'remove it',
  },
  {
    title: "a dimension that becomes the label of one of the chart's",
    change: {
      '[k8s.pod.name]': '[«http_method]',
    },
    code: 'config/no-chart-dimension-twin',
    message: 'http_method and http.method, which the chart adds, both become the label http_method',
    suggestion: 'remove it, or write: http.method',
  },
  {
    title: 'a dimension that becomes the label of service.version',
    change: {
      '[k8s.pod.name]': '[«service-version]',
    },
    code: 'config/no-chart-dimension-twin',
    message: 'service-version and service.version, which the chart adds, both become the label service_version',
    suggestion: 'remove it, or write: service.version',
  },
  {
    title: 'no policy at all',
    change: {
      'enabled: true': 'policies: «[]',
    },
    code: 'config/require-policy',
    message: 'without a policy the gateway drops every trace',
    suggestion: 'remove the key, or write: [{ name: keep-all, type: always_sample }]',
  },
  {
    title: 'a misspelt policy type',
    change: {
      'enabled: true': 'policies: [{ name: keep, type: «allways_sample }]',
    },
    code: 'config/valid-policy-type',
    message: 'the collector has no tail sampling policy of type allways_sample',
    suggestion: 'write: always_sample',
  },
  {
    title: 'two policies of one name',
    change: {
      'enabled: true': 'policies: [{ name: keep, type: drop }, { name: «keep, type: drop }]',
    },
    code: 'config/unique-list-entry',
    message: 'keep stands in line 13 already',
    suggestion: 'remove one of the two',
  },
  {
    title: 'a region that does not exist',
    change: { 'domain: eu2.coralogix.com': 'domain: «EU4' },
    code: 'config/valid-domain',
    message: 'no Coralogix region has the domain "EU4"',
    suggestion: 'write: eu1.coralogix.com or eu2.coralogix.com',
  },
  {
    title: 'a cluster that is named by a variable of the collector',
    change: { 'clusterName: shop': 'clusterName: «"a${env:CORALOGIX_PRIVATE_KEY}b"' },
    code: 'config/no-expanded-text',
    message: 'clusterName holds ${: the collector puts one of its own variables there',
    suggestion: 'write: it without ${',
  },
  {
    title: 'a policy with a variable of the collector',
    change: { 'enabled: true': 'policies: [{ name: a, type: drop, drop: { text: «"$$${env:X}" } }]' },
    code: 'config/no-expanded-text',
    message:
      'collector.loadBalancing.policies[0].drop.text holds $$${: the collector puts one of its own variables there',
    suggestion: 'write: $${ where the text itself is meant',
  },
  {
    title: 'the application in a namespace that everybody shares',
    change: { 'namespace: shop': 'namespace: «default' },
    code: 'config/no-system-namespace',
    message: 'default is shared by everything that names no namespace, and the labels of this system would apply to it',
    suggestion: 'write: a namespace of its own',
  },
  {
    title: 'an endpoint on a port that does not exist',
    change: {
      'namespace: coralogix':
        'delivery: manifests\n  namespace: coralogix\n  export: { type: otlp, endpoint: «"sink:65536" }',
    },
    code: 'config/valid-port',
    message: 'collector.export.endpoint names port 65536, which does not exist',
    suggestion: 'write: a port from 1 to 65535',
  },
];
