import { isScalar } from 'yaml';
import { resourceAttributesVariable as resourceAttributes } from '../../../model/spans/written-resource-attributes.ts';
import { downwardVariable } from '../../../telemetry/downward-variables.ts';
import { attribute } from '../../../telemetry/resource-attributes.ts';
import { type EnvTarget, type EnvText, findEnv, insertEntry, reorderEnv, type WrittenEnvEntry } from './env-edit.ts';

/** Gives an attribute the pod's field by reference, and declares the variable for it where there is none yet. */
export function setAttribute(text: string, target: EnvTarget, wanted: PodIdentityField): string {
  const env = findEnv(text, target);
  const variable = env === undefined ? undefined : variableFor(env, wanted);
  if (env === undefined || variable === undefined) {
    return text;
  }
  const { name, isNew } = variable;
  const reference = `${wanted.attribute}=$(${name})`;
  const entry = env.entries.findLast((candidate) => candidate.name === resourceAttributes);
  const edited =
    entry === undefined
      ? insertEntry(text, target, { name: resourceAttributes, value: reference })
      : editValue(text, entry, (written) => withAttribute(written, wanted.attribute, reference));
  const declaration = { name, fieldPath: wanted.field };
  return reorderEnv(isNew ? insertEntry(edited, target, declaration, resourceAttributes) : edited, target);
}

/** Takes an attribute out. */
export function removeAttribute(text: string, target: EnvTarget, attribute: string): string {
  const entry = findEnv(text, target)?.entries.findLast(({ name }) => name === resourceAttributes);
  const listed = new RegExp(`${pattern(attribute)}(?:,|(?=["']?$))`);
  return entry === undefined
    ? text
    : editValue(text, entry, (written) => written.replace(listed, '$1').replace(/,(["']?)$/, '$1'));
}

/** The variable that has the field already, or the name for a new one; undefined where that name is taken. */
function variableFor({ entries }: EnvText, { field, variable }: PodIdentityField) {
  const existing = entries.find(({ node }) => node.getIn(['valueFrom', 'fieldRef', 'fieldPath']) === field);
  const isTaken = entries.some(({ name }) => name === variable);
  return existing === undefined && isTaken
    ? undefined
    : { name: existing?.name ?? variable, isNew: existing === undefined };
}

/** An attribute in the text of a scalar, with what stands before it as the first group. */
const pattern = (attribute: string): string =>
  `((?:^|,|^[|>][-+0-9]*[ \\t]*\\r?\\n)\\s*["']?)${attribute.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}=[^,"'\\r\\n]*`;

function withAttribute(written: string, attribute: string, reference: string): string {
  const listed = new RegExp(pattern(attribute));
  if (listed.test(written)) {
    return written.replace(listed, (_, before: string) => before + reference);
  }
  const [, body = '', quote = ''] = /^([\s\S]*?)(["']?)$/.exec(written) ?? [];
  return `${body}${/[^"']/.test(body) ? ',' : ''}${reference}${quote}`;
}

/** Edits a value in the text that it is written as, its quotes included. */
function editValue(text: string, { node }: WrittenEnvEntry, edit: (written: string) => string): string {
  const value: unknown = node.get('value', true);
  if (!isScalar(value) || !value.range) {
    return text;
  }
  const [start, valueEnd] = value.range;
  const written = text.slice(start, valueEnd).trimEnd();
  return text.slice(0, start) + edit(written) + text.slice(start + written.length);
}

/** What identifies a pod, and where the kubelet has it from. */
export interface PodIdentityField {
  readonly attribute: string;
  readonly field: string;
  /** The variable that this project would declare for it. */
  readonly variable: string;
}

export const podIpField: PodIdentityField = {
  attribute: attribute.podIp,
  field: 'status.podIP',
  variable: downwardVariable.podIp,
};
export const podUid: PodIdentityField = {
  attribute: attribute.podUid,
  field: 'metadata.uid',
  variable: downwardVariable.podUid,
};

export const podIdentityFields: readonly PodIdentityField[] = [
  { attribute: attribute.podName, field: 'metadata.name', variable: downwardVariable.podName },
  podUid,
  podIpField,
  { attribute: attribute.nodeName, field: 'spec.nodeName', variable: downwardVariable.nodeName },
];
