import { z } from 'zod';
import { durationBuckets } from '../../collector/components/span-metrics.ts';
import { collectorSchema } from './collector.ts';
import { datastoreSchema } from './datastores.ts';
import { deploySchema } from './deploy.ts';
import { forecastSchema } from './forecast.ts';
import { gitopsSchema } from './gitops.ts';
import { ingressSchema } from './ingress.ts';
import { instrumentSchema } from './instrument.ts';
import { kubernetesDefinition } from './kubernetes.ts';
import { manifestsSchema } from './manifests.ts';
import {
  asWritten,
  dnsLabel,
  dnsSubdomain,
  duration,
  environmentVariableName,
  flag,
  integer,
  nonEmptyText,
  text,
  textLike,
} from './scalars.ts';
import { applicationKinds, patchOf, serviceDefaultsSchema, serviceSchema } from './workloads.ts';

const remoteReference = z.strictObject({
  key: nonEmptyText().describe('Name of the secret in the store.'),
  property: nonEmptyText().optional().describe('Field inside it. Default: the whole secret.'),
});

const secretSchema = z.strictObject({
  name: dnsSubdomain().describe('Name of the Secret.'),
  keys: z.array(environmentVariableName()).default([]).describe('Keys that it has. Their values stand in no file.'),
  externalSecret: z
    .strictObject({
      store: z
        .strictObject({
          kind: z
            .enum(['ClusterSecretStore', 'SecretStore'])
            .default('ClusterSecretStore')
            .describe('Kind of the store.'),
          name: dnsSubdomain().describe('Name of the store.'),
        })
        .describe('The store that has the values.'),
      refreshInterval: duration().default('1h').describe('How often the Secret is compared with the store.'),
      remote: z.record(environmentVariableName(), remoteReference).describe('Where each key comes from.'),
    })
    .optional()
    .describe('Let the External Secrets Operator make the Secret. Default: it exists already.'),
});

const percent = () =>
  textLike(/^(?!0+(\.0+)?$)\d{1,2}(\.\d{1,4})?$/, 'a percentage above 0 and below 100, such as 99.5');

const objectivesSchema = z.strictObject({
  availabilityPercent: percent().default('99.5').describe('Share of requests that do not fail.'),
  latency: z
    .strictObject({
      within: z.enum(durationBuckets).describe('How long a request may take: one of the buckets of the span metrics.'),
      percent: percent().default('95').describe('Share of requests that are as fast.'),
    })
    .optional()
    .describe('Default: how long requests take is not promised.'),
  timeFrame: z.enum(['7d', '14d', '21d', '28d']).default('28d').describe('Time over which they are judged.'),
  burnRate: integer(1, 1000)
    .default(10)
    .describe('An alert fires when the error budget is used up this many times faster than planned, over an hour.'),
  priority: z.enum(['p1', 'p2', 'p3', 'p4', 'p5']).default('p3').describe('Priority of the alerts.'),
});

/** Which rules exist is for the command to say: the configuration does not know them. */
const ruleId = () =>
  textLike(/^(require|no|unique|valid)-[a-z0-9-]+$/, 'the id of a rule, as `podhost lint --list` prints it');

const lintSchema = z.strictObject({
  rules: z
    .record(ruleId(), z.enum(['error', 'warning', 'off']))
    .default({})
    .describe("Severity by rule. Default: each rule's own."),
  maxWarnings: integer(0, 1_000_000)
    .optional()
    .describe('Warnings that are accepted; one more fails the run. Default: any number.'),
});

const podSecurityLevel = () => z.enum(['privileged', 'baseline', 'restricted']);

/** A variable that `${NAME}` stands for in the values of the file. */
const variable = z.union([
  environmentVariableName(),
  z.strictObject({
    name: environmentVariableName().describe('Name of the variable.'),
    default: text().optional().describe('Value where the environment has none. Default: it must have one.'),
  }),
]);

const namespaceSchema = z.strictObject({
  create: flag()
    .default(true)
    .describe('Whether the Namespace is synthesized; `false` for one that somebody else manages.'),
  enforce: podSecurityLevel()
    .optional()
    .describe('Pods that ask for more are refused. Default: as `podSecurity`; privileged for that of the collector.'),
  warn: podSecurityLevel()
    .optional()
    .describe(
      'Pods that ask for more are let in with a warning. Default: as `podSecurity`; as `enforce` where that is written.',
    ),
});

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
    variables: z
      .array(variable)
      .default([])
      .describe(
        'Variables of the environment whose values replace ${NAME} in all values of the file, and $${NAME} is the text itself; inside { … } and [ … ] both stand in quotes. Never secrets, for they would stand in the output. Default: nothing is replaced.',
      ),
    namespace: dnsLabel().describe('Namespace of the application.'),
    environment: nonEmptyText().describe('deployment.environment and deployment.environment.name.'),
    clusterName: nonEmptyText().describe('k8s.cluster.name of everything that the collector sends.'),
    coralogix: z
      .strictObject({
        domain: nonEmptyText().describe('Domain of the Coralogix region, e.g. eu2.coralogix.com.'),
        applicationName: nonEmptyText().describe('CX_APPLICATION_NAME.'),
      })
      .describe('The team in Coralogix that gets everything.'),
    collector: collectorSchema.prefault({}).describe('The collectors, and what they do with spans.'),
    configMap: z
      .strictObject({
        name: dnsLabel().describe('Name of the ConfigMap that every service reads.'),
        data: z
          .record(environmentVariableName(), configValue)
          .default({})
          .describe('Variables that every service gets.'),
      })
      .describe('The ConfigMap that every service reads.'),
    secret: secretSchema.optional().describe('The Secret that every service reads. Default: none.'),
    serviceDefaults: serviceDefaultsSchema
      .prefault({})
      .describe('What holds for every service that does not write its own.'),
    services: z
      .array(serviceSchema)
      .default([])
      .describe('Services to synthesize. Default: none, where existing `manifests` take their place.'),
    manifests: manifestsSchema(),
    instrument: instrumentSchema
      .prefault({})
      .describe(
        'Which existing workloads are instrumented, and how: `manifests`, and what `podhost instrument` reads.',
      ),
    datastores: z.array(datastoreSchema).default([]).describe('Datastores to synthesize. Default: none.'),
    ingress: ingressSchema.optional().describe('HTTPS from outside, through Traefik. Default: none.'),
    forecast: forecastSchema.prefault({}).describe('What `podhost forecast` counts with.'),
    objectives: objectivesSchema
      .optional()
      .describe('What every service promises, as SLOs and alerts of the Coralogix Operator. Default: nothing.'),
    gitops: gitopsSchema
      .optional()
      .describe('What applies the output to the cluster and keeps it so. Default: a person, with kubectl and helm.'),
    deploy: deploySchema.prefault({}).describe('What `podhost deploy` works with.'),
    podSecurity: z
      .strictObject({
        enforce: podSecurityLevel().default('baseline').describe('Pods that ask for more are refused.'),
        warn: podSecurityLevel().default('restricted').describe('Pods that ask for more are let in with a warning.'),
      })
      .prefault({})
      .describe('Pod Security Standard of the application’s namespace.'),
    namespaces: z
      .record(dnsLabel(), namespaceSchema)
      .default({})
      .describe('What differs for single namespaces of services, `manifests` and the collector. Default: nothing.'),
    patch: patchOf(applicationKinds),
    lint: lintSchema.prefault({}).describe('What `podhost lint` reports.'),
  })
  .meta({ title: 'cdk8s-podhost system' });

/** A configuration with all defaults; `schema/config.schema.json` describes its keys. */
export type SystemConfig = z.output<typeof systemSchema>;
export type ConfigValue = z.output<typeof configValue>;

/** The definition as a JSON Schema for editors, which read a configuration with YAML's core schema. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(systemSchema, {
    io: 'input',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const kubernetes = kubernetesDefinition(zodSchema);
      if (kubernetes !== undefined) {
        for (const key of Object.keys(jsonSchema)) {
          Reflect.deleteProperty(jsonSchema, key);
        }
        Object.assign(jsonSchema, kubernetes.json, { description: `${kubernetes.type} of Kubernetes.` });
      }
      const written = asWritten.get(zodSchema);
      if (written !== undefined) {
        delete jsonSchema.pattern;
        Object.assign(jsonSchema, written);
      }
    },
  });
  return { $schema, $comment: 'Generated by `npm run generate:schema` from lib/config/schema.', ...schema };
}
