/** Where the plan's application runs here, beside the one that was synthesized. */
export const planNamespace = 'plan';

/** Steps 3 and 4 of the plan for one service: the ConfigMap and the two variables that it adds. */
export const planApplication = (service: string, nodeName: string): object[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: planNamespace } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'dataprime-config', namespace: planNamespace },
    data: {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://coralogix-opentelemetry-collector:4317',
      CX_DOMAIN: 'eu2.coralogix.com',
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: service, namespace: planNamespace },
    spec: {
      selector: { matchLabels: { app: service } },
      template: {
        metadata: { labels: { app: service } },
        spec: {
          // Not in the plan: the test knows where the pod is, and the environment holds nothing but what it is about.
          nodeSelector: { 'kubernetes.io/hostname': nodeName },
          enableServiceLinks: false,
          containers: [
            {
              name: service,
              image: `dataprime-${service}:latest`,
              env: [
                { name: 'SERVICE_NAME', value: service },
                {
                  name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
                  valueFrom: { configMapKeyRef: { name: 'dataprime-config', key: 'OTEL_EXPORTER_OTLP_ENDPOINT' } },
                },
              ],
            },
          ],
        },
      },
    },
  },
];
