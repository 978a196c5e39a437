import { hasServiceLinks } from '../model/environment/declaration.ts';
import { type ImageRole, imageRole, portRole } from '../model/known-images.ts';
import { resolverOf } from '../model/network/pod-resolver.ts';
import { isTracingVariable } from '../model/spans/instrumentation.ts';
import { isMapping, listAt, type Mapping, mappingAt, textAt, textsAt, valueAt } from '../yaml/value.ts';
import { annotatedValues, annotation, instrumentChoiceOf } from './annotations.ts';
import type { InstrumentContext } from './context.ts';
import { isEmptyPlan, noPlan } from './env-entry.ts';
import type { PodOwner } from './identity.ts';
import { languageNamed } from './language.ts';
import { type ContainerPlan, planContainer } from './plan-container.ts';
import { type CodedReason, reason } from './reason.ts';

/** An object with a pod template. */
export interface TemplateProps {
  /** The whole object. */
  readonly object: Mapping;
  /** Its pod template; for a Pod the object itself. */
  readonly template: Mapping;
  /** Namespace of objects that name none. */
  readonly defaultNamespace: string;
  readonly context: InstrumentContext;
}

export type InstrumentStatus = 'instrumented' | 'already right' | 'skipped';

/** What is done to a pod template, and why. */
export interface TemplatePlan {
  readonly status: InstrumentStatus;
  /** Why it is skipped. */
  readonly skipped?: CodedReason;
  readonly containers: readonly ContainerPlan[];
  /** Warnings that are about the whole object. */
  readonly warnings: readonly CodedReason[];
}

/**
 * What the containers of a pod template must get so that their spans arrive with pod and node. Pure: the same template
 * and context give the same plan.
 */
export function instrumentTemplate({ object, template, defaultNamespace, context }: TemplateProps): TemplatePlan {
  const owner = ownerOf(object, template, defaultNamespace);
  const choice = instrumentChoiceOf(owner.annotations);
  if (choice.kind === 'none') {
    return skipped(reason('opted-out', `annotation ${annotation.instrument} is false`));
  }
  const containers = listAt(template, 'spec', 'containers').map((container) => mappingAt(container));
  if (containers.length === 0) {
    const named = mappingAt(object, 'spec', 'workloadRef');
    const why =
      textAt(named, 'name') === undefined
        ? 'it lists no containers'
        : `its pods are those of ${textAt(named, 'kind')} ${textAt(named, 'name')}, which workloadRef names`;
    return skipped(reason('no-pod-template', why));
  }
  const malformed = containers.find(({ env }) => env !== undefined && env !== null && !Array.isArray(env));
  if (malformed !== undefined) {
    return skipped(reason('not-editable', `env of container ${textAt(malformed, 'name')} is no list`));
  }
  if (containers.some((container) => textAt(container, 'image') === undefined)) {
    return skipped(reason('partial-manifest', 'a container has no image, so this is a patch of a manifest'));
  }
  const roles = containers.map(
    (container) => imageRole(textAt(container, 'image') ?? '', textAt(container, 'name') ?? '') ?? portRole(container),
  );
  const hasCollector = roles.some((role) => role?.code === 'collector') || hasSidecarInjection(owner);
  const reasons = containers.map((container, index) => {
    const name = textAt(container, 'name') ?? String(index);
    const sendsSpans = roles[index]?.code === 'off-the-shelf' && hasTelemetry(container);
    const isChosen = choice.kind === 'all' || (choice.kind === 'some' ? choice.containers.includes(name) : sendsSpans);
    return isChosen ? undefined : reasonToSkip(name, choice.kind === 'some', roles[index]);
  });
  const isAlone = reasons.filter((why) => why === undefined).length <= 1;
  const plans = containers.map((container, index): ContainerPlan => {
    const name = textAt(container, 'name') ?? String(index);
    const why = reasons[index];
    return why === undefined
      ? planContainer({
          container,
          index,
          owner,
          context,
          podLabels: textsAt(template, 'metadata', 'labels'),
          isAlone,
          hasServiceLinks: hasServiceLinks(template),
          isOnHostNetwork: textAt(template, 'spec', 'hostNetwork') === 'true',
          hasCollector: hasCollector && roles[index]?.code !== 'collector',
        })
      : { index, name, plan: noPlan, changes: [], warnings: [], skipped: why };
  });
  const warnings = [
    ...unknownContainers(owner, containers),
    ...unknownLanguages(owner),
    ...knativeWarnings(owner, plans),
    ...resolverWarnings(template, plans),
  ];
  const judged = plans.filter((plan) => plan.skipped === undefined);
  const [first] = plans;
  if (judged.length === 0 && first?.skipped !== undefined) {
    const messages = [...new Set(plans.map((plan) => plan.skipped?.message))].join('; ');
    return { status: 'skipped', skipped: reason(first.skipped.code, messages), containers: plans, warnings };
  }
  const status = judged.every(({ plan }) => isEmptyPlan(plan)) ? 'already right' : 'instrumented';
  return { status, containers: plans, warnings: [...warnings, ...environmentWarnings(context, judged)] };
}

const skipped = (why: CodedReason): TemplatePlan => ({ status: 'skipped', skipped: why, containers: [], warnings: [] });

/** What a template belongs to; annotations of the pods count before those of the object. */
export function ownerOf(object: Mapping, template: Mapping, defaultNamespace: string): PodOwner {
  const generated = textAt(object, 'metadata', 'generateName')?.replace(/-$/, '');
  return {
    apiVersion: textAt(object, 'apiVersion') ?? '',
    kind: textAt(object, 'kind') ?? '',
    name: textAt(object, 'metadata', 'name') ?? generated ?? '',
    hasGeneratedName: textAt(object, 'metadata', 'name') === undefined && generated !== undefined,
    namespace: textAt(object, 'metadata', 'namespace') ?? defaultNamespace,
    labels: { ...textsAt(object, 'metadata', 'labels'), ...textsAt(template, 'metadata', 'labels') },
    annotations: { ...textsAt(object, 'metadata', 'annotations'), ...textsAt(template, 'metadata', 'annotations') },
  };
}

const hasTelemetry = (container: Mapping): boolean =>
  listAt(container, 'env').some((entry) => isTracingVariable(textAt(entry, 'name') ?? ''));

function reasonToSkip(name: string, isListed: boolean, role: ImageRole | undefined): CodedReason | undefined {
  if (isListed) {
    return reason('opted-out', `annotation ${annotation.instrument} does not name container ${name}`);
  }
  return role === undefined ? undefined : reason(role.code, `container ${name} runs ${role.what}`);
}

const hasSidecarInjection = ({ annotations }: PodOwner): boolean => {
  const inject = annotations['sidecar.opentelemetry.io/inject'];
  return inject !== undefined && inject !== 'false' && inject !== '';
};

/** Names in an annotation that no container has. */
function unknownContainers({ annotations }: PodOwner, containers: readonly Mapping[]): CodedReason[] {
  const names = containers.map((container) => textAt(container, 'name'));
  const choice = instrumentChoiceOf(annotations);
  const inLists = [annotation.language, annotation.serviceName].flatMap((key) =>
    annotatedValues(annotations[key]).flatMap(({ container }) =>
      container === undefined ? [] : [{ key, name: container }],
    ),
  );
  const chosen = choice.kind === 'some' ? choice.containers.map((name) => ({ key: annotation.instrument, name })) : [];
  return [...chosen, ...inLists]
    .filter(({ name }) => !names.includes(name))
    .map(({ key, name }) =>
      reason('unknown-container', `annotation ${key} names ${name}, and no container is called so`),
    );
}

function unknownLanguages({ annotations }: PodOwner): CodedReason[] {
  return annotatedValues(annotations[annotation.language])
    .map(({ value }) => value)
    .filter((name) => languageNamed(name) === undefined)
    .map((name) =>
      reason('unknown-language', `annotation ${annotation.language} names ${name}, which is no known language`),
    );
}

function knativeWarnings({ apiVersion }: PodOwner, plans: readonly ContainerPlan[]): CodedReason[] {
  const usesFields = plans.some(({ plan }) =>
    plan.inserted.some(({ valueFrom }) => valueFrom?.['fieldRef'] !== undefined),
  );
  return apiVersion.startsWith('serving.knative.dev/') && usesFields
    ? [
        reason(
          'knative-field-ref',
          'Knative takes fieldRef only with kubernetes.podspec-fieldref: enabled in config-features',
        ),
      ]
    : [];
}

/** An endpoint that this adds is the name of a Service. */
function resolverWarnings(template: Mapping, plans: readonly ContainerPlan[]): CodedReason[] {
  const isAdded = plans.some(({ plan }) =>
    [...plan.inserted, ...plan.replaced.map(({ entry }) => entry)].some(({ name }) => name.endsWith('_ENDPOINT')),
  );
  const isOnNode = textAt(template, 'spec', 'hostNetwork') === 'true';
  return isAdded && resolverOf(template) === 'node'
    ? [
        reason(
          'node-resolver',
          `the pods ask the resolver of the node, which knows no Service; write dnsPolicy: ${isOnNode ? 'ClusterFirstWithHostNet' : 'ClusterFirst'}`,
        ),
      ]
    : [];
}

function environmentWarnings({ environment }: InstrumentContext, plans: readonly ContainerPlan[]): CodedReason[] {
  const withAttributes = plans.filter(({ plan }) => {
    const entries = [...plan.inserted, ...plan.replaced.map(({ entry }) => entry)];
    const attributes = entries.find(({ name }) => name === 'OTEL_RESOURCE_ATTRIBUTES');
    return attributes !== undefined && attributes.value?.includes('deployment.environment') !== true;
  });
  return environment === undefined && withAttributes.length > 0
    ? [reason('no-environment', 'no deployment.environment is known; --environment NAME adds it')]
    : [];
}

/** The pod template of an object, or undefined where nothing stands there. */
export function templateAt(object: Mapping, path: readonly (string | number)[]): Mapping | undefined {
  const found = valueAt(object, ...path);
  return isMapping(found) ? found : undefined;
}
