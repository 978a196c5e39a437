import { variableReference } from '../telemetry/downward-variables.ts';
import { attribute, isSafeValue } from '../telemetry/resource-attributes.ts';
import type { ContainerDraft } from './container-draft.ts';
import type { ContainerProps, InstrumentContext } from './context.ts';
import type { EnvEntry } from './env-entry.ts';
import { type CurrentVariable, expandIn } from './environment.ts';
import { FieldVariables } from './field-variables.ts';
import {
  annotatedAttributes,
  imageVersionOf,
  ownerAttribute,
  type PodField,
  podFields,
  versionLabel,
} from './identity.ts';
import { reason } from './reason.ts';
import {
  attributeIn,
  attributeKeys,
  isSafeKey,
  type MergedAttributes,
  mergeAttributes,
  type WantedAttribute,
  withoutAttributes,
} from './resource-attributes.ts';

const variableName = 'OTEL_RESOURCE_ATTRIBUTES';

/** Holds a value that stands in a ConfigMap, so that ours can follow it. */
const formerVariable = 'PODHOST_RESOURCE_ATTRIBUTES';

const versionField: PodField = {
  key: attribute.serviceVersion,
  field: `metadata.labels['${versionLabel}']`,
  variable: 'K8S_POD_VERSION',
};

export interface AttributeProps extends ContainerProps {
  readonly containerName: string;
}

/** Merges the attributes of the pod into `OTEL_RESOURCE_ATTRIBUTES`, and declares the variables that they refer to. */
export function planAttributes(draft: ContainerDraft, props: AttributeProps): void {
  const present = draft.variable(variableName);
  const known = literalOf(present) ?? present?.value ?? '';
  const fields = new FieldVariables(draft, present?.index ?? draft.position);
  const wanted = wantedAttributes(draft, props, fields, known);
  const { malformed } = mergeInto(draft, fields, wanted, props.isOnHostNetwork ? [attribute.podIp] : []);
  for (const pair of malformed) {
    draft.warn(
      reason(
        'malformed-attributes',
        `${variableName} holds ${JSON.stringify(pair.trim())}, for which some SDKs ignore all of it`,
      ),
    );
  }
  if (present === undefined && draft.environment.unread.length > 0) {
    const sources = draft.environment.unread.join(', ');
    draft.warn(
      reason(
        'unknown-env-from',
        `envFrom names ${sources}, not read: a ${variableName} there is hidden by the new one`,
      ),
    );
  }
}

/** Gives a literal value fields of the pod, takes others out, and leaves a value of another source as it is. */
export function setFields(draft: ContainerDraft, wanted: readonly PodField[], removed: readonly string[]): void {
  const present = draft.variable(variableName);
  if (present === undefined || literalOf(present) !== undefined) {
    // A variable that has the field and stands behind the attributes moves in front of them.
    const fields = new FieldVariables(draft, undefined);
    const attributes = wanted.map((field) => ({
      key: field.key,
      value: fields.reference(field),
      right: [`<${field.field}>`],
    }));
    mergeInto(draft, fields, attributes, removed);
  }
}

const literalOf = (present: CurrentVariable | undefined): string | undefined =>
  present?.entry?.valueFrom === undefined ? present?.entry?.value : undefined;

function mergeInto(
  draft: ContainerDraft,
  fields: FieldVariables,
  wanted: readonly WantedAttribute[],
  removed: readonly string[],
): Pick<MergedAttributes, 'malformed'> {
  const present = draft.variable(variableName);
  const index = present?.index;
  const literal = literalOf(present);
  const known = literal ?? present?.value ?? '';
  const written = withoutAttributes(literal ?? '', removed);
  const merged = mergeAttributes(
    written,
    wanted.filter(({ key }) => literal !== undefined || !attributeKeys(known).includes(key)),
    (value) => expandIn(draft.environment, value),
  );
  const text =
    present === undefined || literal !== undefined ? merged.text : following(draft, present.entry, merged.text);
  for (const { key, from, to } of merged.corrected) {
    draft.changes.push(reason('wrong-attribute', `${key} was ${from} and is ${to}`));
  }
  if (literal !== undefined && written !== literal) {
    draft.changes.push(reason('wrong-attribute', `${removed.join(', ')} was the address of the node, and is gone`));
  }
  if (merged.appended.length > 0 || merged.corrected.length > 0 || written !== (literal ?? '')) {
    const why =
      present === undefined
        ? reason('added', `${variableName} names ${merged.appended.join(', ')}`)
        : reason('attributes-merged', `${variableName} gets ${merged.appended.join(', ') || 'no new attribute'}`);
    const isMerged =
      literal !== undefined && merged.corrected.length === 0 && literal.trim() !== '' && text.startsWith(`${literal},`);
    fields.declare(text);
    draft.set({ name: variableName, value: text }, why, isMerged ? merged.appended : undefined);
    if (index !== undefined) {
      draft.putBefore(index);
    }
  }
  if (literal !== undefined && index !== undefined) {
    draft.settle(variableName, text, index);
  }
  return merged;
}

/** The value of another source stays in front of ours. */
function following(draft: ContainerDraft, entry: EnvEntry | undefined, added: string): string {
  if (added === '') {
    return added;
  }
  if (entry?.valueFrom === undefined) {
    // From envFrom, which the kubelet knows under the same name until this entry replaces it.
    return `${variableReference(variableName)},${added}`;
  }
  draft.declare({ name: formerVariable, valueFrom: entry.valueFrom });
  return `${variableReference(formerVariable)},${added}`;
}

function wantedAttributes(
  draft: ContainerDraft,
  { owner, container, containerName, context, podLabels, isAlone, isOnHostNetwork }: AttributeProps,
  fields: FieldVariables,
  written: string,
): WantedAttribute[] {
  const ownerKey = owner.hasGeneratedName === true ? undefined : ownerAttribute(owner.kind);
  const literals: (readonly [key: string, value: string | undefined])[] = [
    [ownerKey ?? '', ownerKey === undefined ? undefined : owner.name],
    [attribute.containerName, containerName],
    ...annotatedAttributes(owner),
    ...environments(written, context.environment),
  ];
  const own: Readonly<Record<string, string>> = {
    [attribute.podName]: owner.kind === 'Pod' ? owner.name : '',
    [attribute.namespaceName]: owner.namespace,
  };
  const ownFields = podFields.filter(({ key }) => !(isOnHostNetwork && key === attribute.podIp));
  const ofPod = ownFields.map((field) => ({
    key: field.key,
    value: fields.reference(field),
    right: [`<${field.field}>`, own[field.key] ?? ''].filter((value) => value !== ''),
  }));
  // Of several containers each is an instance of its own.
  const suffix = isAlone ? '' : `.${containerName}`;
  const instance = { key: attribute.serviceInstanceId, value: `${fields.reference(uidField)}${suffix}` };
  const byAnnotation = new Set(annotatedAttributes(owner).map(([key]) => key));
  const version = byAnnotation.has(attribute.serviceVersion)
    ? []
    : versionOf(draft, podLabels, container, fields, context);
  const all = [...ofPod, ...literals.flatMap((pair) => literal(draft, pair)), ...version, instance];
  return all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index);
}

const uidField = podFields.find(({ key }) => key === attribute.podUid) ?? {
  key: attribute.podUid,
  field: 'metadata.uid',
  variable: 'K8S_POD_UID',
};

/** A literal that every SDK reads as it is written; any other is left out and named. */
function literal(draft: ContainerDraft, [key, value]: readonly [string, string | undefined]): WantedAttribute[] {
  if (value === undefined || value === '') {
    return [];
  }
  if (isSafeKey(key) && isSafeValue(value)) {
    return [{ key, value }];
  }
  draft.warn(
    reason(
      'unsafe-value',
      `${key}=${value} is left out: SDKs decode characters other than A-Z a-z 0-9 . _ / @ : - in different ways`,
    ),
  );
  return [];
}

/** Both names of the environment, with the value of the one that stands there already. */
function environments(written: string, environment: string | undefined): (readonly [string, string | undefined])[] {
  const names = [attribute.deploymentEnvironment, attribute.deploymentEnvironmentName];
  const present = names
    .map((name) => attributeIn(written, name))
    .find((value) => value !== undefined && isSafeValue(value));
  return names.map((name) => [name, present ?? environment] as const);
}

/** By a variable, else by the label of the pod, which is read when the pod starts; else by the image. */
function versionOf(
  draft: ContainerDraft,
  labels: Readonly<Record<string, string>>,
  container: Parameters<typeof imageVersionOf>[0],
  fields: FieldVariables,
  { versionVariable, imagesAreFinal = true }: InstrumentContext,
): WantedAttribute[] {
  if (versionVariable !== undefined && draft.variable(versionVariable) !== undefined) {
    return [{ key: attribute.serviceVersion, value: variableReference(versionVariable) }];
  }
  if (labels[versionLabel]) {
    return [{ key: attribute.serviceVersion, value: fields.reference(versionField) }];
  }
  const version = imagesAreFinal ? imageVersionOf(container) : undefined;
  return version !== undefined && isSafeValue(version) ? [{ key: attribute.serviceVersion, value: version }] : [];
}
