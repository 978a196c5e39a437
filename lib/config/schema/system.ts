import { z } from 'zod';
import { collectorSchema } from './collector.ts';
import { datastoreSchema } from './datastore.ts';
import { deploySchema } from './deploy.ts';
import { forecastSchema } from './forecast.ts';
import { gitopsSchema } from './gitops.ts';
import { ingressSchema } from './ingress.ts';
import { lintSchema } from './lint.ts';
import { objectivesSchema } from './objectives.ts';
import { dnsLabel, environmentVariableName, nonEmptyText, text } from './scalars.ts';
import { secretSchema } from './secret.ts';
import { serviceDefaultsSchema, serviceSchema } from './service.ts';

/** A value of the ConfigMap: literal text, or the address of something that this file describes. */
const configValue = z.union([
  text(),
  z.strictObject({ service: dnsLabel().describe('Becomes http://NAME:PORT of this service.') }),
  z.strictObject({ datastore: dnsLabel().describe('Becomes the URL of this datastore, without a password.') }),
]);

/** One system: an application's services, its datastores, and the collector that their spans go through. */
export const systemSchema = z
  .strictObject({
    name: dnsLabel().describe('Name of the system; app.kubernetes.io/part-of.'),
    namespace: dnsLabel().describe('Namespace of the application.'),
    environment: nonEmptyText().describe('deployment.environment and deployment.environment.name.'),
    clusterName: nonEmptyText().describe('k8s.cluster.name of everything that the collector sends.'),
    coralogix: z.strictObject({
      domain: nonEmptyText().describe('Domain of the Coralogix region, e.g. eu2.coralogix.com.'),
      applicationName: nonEmptyText().describe('CX_APPLICATION_NAME.'),
    }),
    collector: collectorSchema.prefault({}),
    configMap: z.strictObject({
      name: dnsLabel().describe('Name of the ConfigMap that every service reads.'),
      data: z.record(environmentVariableName(), configValue).default({}),
    }),
    secret: secretSchema.optional(),
    serviceDefaults: serviceDefaultsSchema.prefault({}),
    services: z
      .array(serviceSchema)
      .default([])
      .describe('Services to synthesize. Default: none, where existing manifests are instrumented instead.'),
    datastores: z.array(datastoreSchema).default([]),
    ingress: ingressSchema.optional(),
    forecast: forecastSchema.prefault({}).describe('What `podhost forecast` counts with.'),
    objectives: objectivesSchema
      .optional()
      .describe('What every service promises, as SLOs and alerts of the Coralogix Operator. Default: nothing.'),
    gitops: gitopsSchema
      .optional()
      .describe('What applies the output to the cluster and keeps it so. Default: a person, with kubectl and helm.'),
    deploy: deploySchema.prefault({}).describe('What `podhost deploy` works with.'),
    lint: lintSchema.prefault({}).describe('What `podhost lint` reports.'),
  })
  .meta({ title: 'cdk8s-podhost system' });

/** A configuration with all defaults; `schema/config.schema.json` describes its keys. */
export type SystemConfig = z.output<typeof systemSchema>;
export type ConfigValue = z.output<typeof configValue>;
