import type { DataLookup } from '../model/environment/container-environment.ts';
import type { Variable } from '../model/environment/variable.ts';
import { switchedOffBy } from '../model/spans/instrumentation.ts';
import { listAt, textAt } from '../yaml/value.ts';
import { annotation } from './annotations.ts';
import { ContainerDraft } from './container-draft.ts';
import type { ContainerProps, InstrumentContext } from './context.ts';
import type { EndpointContract } from './endpoint.ts';
import { afterRemoval, applyPlan, type EnvPlan, isEmptyPlan, noPlan } from './env-entry.ts';
import { currentEnvironment } from './environment.ts';
import { serviceNameFor } from './identity.ts';
import { javaProperties, outrankedBy } from './java-properties.ts';
import { type KnownLanguage, languageOf } from './language.ts';
import { mendingDraft } from './mend.ts';
import { planAttributes } from './plan-attributes.ts';
import { planExport } from './plan-export.ts';
import { type CodedReason, reason } from './reason.ts';
import { attributeKeys } from './resource-attributes.ts';

/** What is done to one container of a pod template. */
export interface ContainerPlan {
  /** Index in the list of containers. */
  readonly index: number;
  readonly name: string;
  readonly plan: EnvPlan;
  readonly changes: readonly CodedReason[];
  readonly warnings: readonly CodedReason[];
  /** Why it is left alone. */
  readonly skipped?: CodedReason;
  /** Undefined where nothing shows it. */
  readonly language?: KnownLanguage;
}

const noLookup: DataLookup = () => undefined;

/** What a container of an application must get so that its spans arrive with pod and node. */
export function planContainer(given: ContainerProps): ContainerPlan {
  const { namespace } = given.owner;
  const { lookup = noLookup } = given.context;
  const draft = mendingDraft(
    given.container,
    { kind: 'duplicates' },
    { namespace, lookup, hasServiceLinks: given.hasServiceLinks },
  );
  const without = draft.plan();
  if (isEmptyPlan(without)) {
    return planWithoutRepeats(given);
  }
  const env = listAt(given.container, 'env');
  const planned = planWithoutRepeats({ ...given, container: { ...given.container, env: applyPlan(env, without) } });
  return planned.skipped === undefined
    ? {
        ...planned,
        plan: afterRemoval(planned.plan, without, env.length),
        changes: [...draft.changes, ...planned.changes],
      }
    : planned;
}

/** The same where no entry of `env` is hidden by a later one that could be taken out. */
function planWithoutRepeats(given: ContainerProps): ContainerPlan {
  const { container, index, owner } = given;
  const context = { ...given.context, endpoint: contractFor(given.context, owner.namespace) };
  const props = { ...given, context };
  const name = textAt(container, 'name') ?? String(index);
  const environment = currentEnvironment(container, {
    namespace: owner.namespace,
    lookup: context.lookup ?? noLookup,
    hasServiceLinks: given.hasServiceLinks,
  });
  const draft = new ContainerDraft(environment);
  const properties = javaProperties(container, environment);
  const off = switchedOffBy(
    new Map<string, Pick<Variable, 'name' | 'value'>>([...environment.variables, ...properties]),
  );
  if (off !== undefined) {
    const message = `container ${name} sends no spans by ${off.name}=${off.value?.trim()}`;
    return { index, name, plan: noPlan, changes: [], warnings: [], skipped: reason('switched-off', message) };
  }
  const configured = context.languageOf?.(owner.kind, owner.name);
  const language = languageOf(container, name, owner.annotations, owner.annotations[annotation.language], configured);
  for (const duplicate of environment.duplicates) {
    draft.warn(
      reason('duplicate-variable', `${duplicate} is declared twice, which server-side apply and Helm 4 refuse`),
    );
  }
  planServiceName(draft, serviceNameFor(owner, name, context.serviceNameFromLabels === true));
  planExport(draft, { ...props, language });
  planAttributes(draft, { ...props, containerName: name });
  warnOfSampler(draft, properties.get(samplerVariable)?.value);
  const plan = draft.plan();
  return {
    index,
    name,
    plan,
    changes: draft.changes,
    warnings: [...draft.warnings, ...outrankedBy(properties, applyPlan(listAt(container, 'env'), plan))],
    ...(language === undefined ? {} : { language }),
  };
}

/** The contract with the address that its ConfigMap holds, where that was read. */
function contractFor({ endpoint, lookup = noLookup }: InstrumentContext, namespace: string): EndpointContract {
  const { configMap } = endpoint;
  const url = configMap && lookup('ConfigMap', configMap.name, namespace)?.value(configMap.key);
  return url === undefined ? endpoint : { ...endpoint, url };
}

function planServiceName(draft: ContainerDraft, name: string): void {
  const present = draft.variable('OTEL_SERVICE_NAME');
  const attributes = draft.variable('OTEL_RESOURCE_ATTRIBUTES')?.value ?? '';
  if (present !== undefined && present.value !== '') {
    if (present.index !== undefined) {
      draft.settle(present.name, present.entry?.value ?? '', present.index);
    }
    return;
  }
  if (!attributeKeys(attributes).includes('service.name')) {
    draft.set({ name: 'OTEL_SERVICE_NAME', value: name }, reason('added', `OTEL_SERVICE_NAME is ${name}`));
  }
}

const samplerVariable = 'OTEL_TRACES_SAMPLER';

/** Span metrics count spans, so a sampler that drops some makes rates and errors too low. */
function warnOfSampler(draft: ContainerDraft, property: string | undefined): void {
  const sampler = property ?? draft.variable(samplerVariable)?.value ?? '';
  if (/^(parentbased_)?(always_off|traceidratio)$/.test(sampler)) {
    draft.warn(
      reason('undercounting-sampler', `OTEL_TRACES_SAMPLER is ${sampler}: span metrics count only the spans it keeps`),
    );
  }
}
