import { z } from 'zod';
import { placeSchema, versionSchema } from '../problems/problems-schema.ts';
import { visibleJson } from '../text/visible.ts';
import type { Inventory } from './inventory.ts';

const ids = () => z.array(z.string()).readonly();

const collectorSchema = z.strictObject({
  title: z.string().describe('As messages name it, e.g. `the agent of values.yaml`.'),
  tier: z.enum(['agent', 'cluster-collector', 'gateway', 'other']),
  source: z
    .enum(['values', 'operator', 'manifests'])
    .describe('Values of a chart, an OpenTelemetryCollector, or a workload with its ConfigMap.'),
  chart: z
    .strictObject({
      name: z.string(),
      version: z.string(),
      isAssumed: z.boolean().describe('Whether nothing names the version, so that it is the one that is known.'),
    })
    .nullable()
    .describe('The chart that makes it; null when none is named.'),
  workload: z.string().describe('Kind and name.'),
  namespace: z.string().nullable().describe('Null when only `helm install` knows it.'),
  onEveryNode: z.boolean(),
  isSidecar: z.boolean().describe('Whether the operator adds it to pods that ask for it.'),
  hostNetwork: z.boolean(),
  unread: z.string().nullable().describe('Why nothing is known of its configuration; null when it was read.'),
  pipelines: z
    .array(
      z.strictObject({ id: z.string(), signal: z.string(), receivers: ids(), processors: ids(), exporters: ids() }),
    )
    .readonly()
    .describe('In the order of the configuration, each with its components in their order.'),
  spanMetrics: z
    .array(
      z.strictObject({
        connector: z.string(),
        dimensions: z
          .array(
            z.strictObject({
              name: z.string(),
              origin: z
                .enum([
                  'chart-default',
                  'values',
                  'error-tracking',
                  'service-version',
                  'database-metrics',
                  'connector-config',
                ])
                .describe('What put it there.'),
            }),
          )
          .readonly(),
      }),
    )
    .readonly()
    .describe('Connectors that count spans.'),
  listeners: z
    .array(
      z.strictObject({
        receiver: z.string(),
        protocol: z.enum(['grpc', 'http']),
        host: z.string(),
        port: z.number().int(),
      }),
    )
    .readonly()
    .describe('Where its OTLP receivers listen.'),
  hostPorts: z.array(z.number().int()).readonly().describe('Ports of the node that lead to it.'),
  services: z
    .array(
      z.strictObject({
        name: z.string(),
        namespace: z.string(),
        type: z.string(),
        headless: z.boolean(),
        internalTrafficPolicy: z.string(),
        ports: z
          .array(z.strictObject({ name: z.string().nullable(), port: z.number(), targetPort: z.string() }))
          .readonly(),
      }),
    )
    .readonly()
    .describe('Services that lead to it.'),
  exporters: z
    .array(
      z.strictObject({
        id: z.string(),
        signals: ids(),
        destination: z.string().nullable().describe('Domain or address; null when its settings name none.'),
      }),
    )
    .readonly()
    .describe('Exporters by which data leave it.'),
  sendsTo: ids().describe('Titles of the collectors that get its traces.'),
  serviceAccount: z
    .string()
    .nullable()
    .describe('Null when the pod of a sidecar decides, or nothing that was read runs it.'),
  roles: z
    .array(
      z.strictObject({
        title: z.string(),
        namespace: z.string().nullable().describe('Where it holds; null: in the whole cluster.'),
        rules: z
          .array(z.strictObject({ apiGroups: ids(), resources: ids(), verbs: ids() }))
          .readonly()
          .nullable()
          .describe('Null when the role was not read.'),
      }),
    )
    .readonly()
    .nullable()
    .describe('Roles of its ServiceAccount; null when no manifest that was read shows them.'),
  place: placeSchema,
});

/** What `podhost collectors --format json` prints. */
export const inventorySchema = z.strictObject({
  version: versionSchema,
  collectors: z.array(collectorSchema).readonly(),
  unread: z
    .array(z.strictObject({ message: z.string(), place: placeSchema.optional() }))
    .readonly()
    .describe('Parts of the input that were not read.'),
});

/** The inventory for programs: every key is there, with null where there is nothing. */
export function inventoryJson({ collectors, unread }: Inventory): string {
  const printed: z.input<typeof inventorySchema> = {
    version: 1,
    collectors: collectors.map((collector) => ({
      ...collector,
      chart: collector.chart ?? null,
      namespace: collector.namespace ?? null,
      unread: collector.unread ?? null,
      services: collector.services.map((service) => ({
        ...service,
        ports: service.ports.map((port) => ({ ...port, name: port.name ?? null })),
      })),
      exporters: collector.exporters.map((exporter) => ({ ...exporter, destination: exporter.destination ?? null })),
      serviceAccount: collector.serviceAccount ?? null,
      roles:
        collector.roles?.map((role) => ({ ...role, namespace: role.namespace ?? null, rules: role.rules ?? null })) ??
        null,
    })),
    unread: unread.map(({ message, place }) => ({ message, ...(place === undefined ? {} : { place }) })),
  };
  return `${visibleJson(printed)}\n`;
}
