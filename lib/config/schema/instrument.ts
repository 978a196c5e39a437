import { z } from 'zod';
import { nameable } from '../../kubernetes/pod-template.ts';
import { otlpProtocols } from '../../telemetry/environment.ts';
import { languages } from '../../telemetry/languages.ts';
import { flag, textLike } from './scalars.ts';

const labelKey = String.raw`[A-Za-z0-9][\w.\/-]*`;
const requirement = String.raw`(${labelKey}\s*(==?|!=)\s*[\w.-]*|${labelKey}\s+(in|notin)\s*\([^()]*\)|(!\s*)?${labelKey})`;

const labelSelector = () =>
  textLike(
    new RegExp(String.raw`^${requirement}(\s*,\s*${requirement})*$`),
    'a label selector as for kubectl, such as app=web,tier!=cache,env in (prod, staging),!legacy',
  );

const objectName = () =>
  textLike(
    /^([A-Z][A-Za-z0-9]*\/)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
    'the name of an object, or its kind and name such as Deployment/web',
  );

/** Objects by name or label. */
const objects = z.strictObject({
  names: z.array(objectName()).default([]).describe('Objects by `NAME` or `KIND/NAME`. Default: none.'),
  labels: labelSelector().optional().describe('Objects with these labels, as for kubectl. Default: none.'),
});

/** Custom kinds that run pods, wherever they are named: in a configuration, a plug-in or a function. */
export const templatesSchema = z.array(
  z.strictObject({
    apiVersion: textLike(nameable.apiVersion, 'an API version such as example.com/v1').describe(
      'API version of the kind.',
    ),
    kind: textLike(nameable.kind, 'a kind such as Worker').describe('The kind.'),
    path: textLike(nameable.path, 'a path such as spec.podTemplate').describe(
      'Keys and indexes from the object to the mapping that holds `metadata` and `spec` of its pods, joined by dots; `.` is the object itself.',
    ),
  }),
);

/** What `podhost instrument` and the entries of `manifests` work with. */
export const instrumentSchema = z.strictObject({
  templates: templatesSchema
    .default([])
    .describe('Custom kinds that run pods, and where their pod template stands. Default: none.'),
  select: objects
    .optional()
    .describe('The only objects that are instrumented: those that one of the keys names. Default: every object.'),
  exclude: objects
    .optional()
    .describe('Objects that are not instrumented: those that one of the keys names. Default: none.'),
  protocol: z
    .enum(otlpProtocols)
    .optional()
    .describe('Protocol of containers that declare none. Default: by language, and by the port that they send to.'),
  languages: z
    .record(objectName(), z.enum(languages))
    .default({})
    .describe('Language by `NAME` or `KIND/NAME`, where no annotation has it. Default: as image and command show it.'),
  serviceNameFromLabels: flag()
    .default(false)
    .describe(
      'Whether the labels app.kubernetes.io/instance and app.kubernetes.io/name name a service before its workload does.',
    ),
});

export type InstrumentConfig = z.output<typeof instrumentSchema>;
export type ObjectSelection = z.output<typeof objects>;
