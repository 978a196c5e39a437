import { type EnvPlan, entriesOf, fieldPathOf } from '../../../instrument/env-entry.ts';
import { type Mending, mendContainer } from '../../../instrument/mend.ts';
import { mendedText } from '../../../instrument/text/mend-text.ts';
import { hasServiceLinks } from '../../../model/environment/declaration.ts';
import type { Variable } from '../../../model/environment/variable.ts';
import type { Model } from '../../../model/model.ts';
import type { PodIdentityField } from '../../../model/path/pod-identity.ts';
import type { Container, Workload } from '../../../model/workload.ts';
import type { Fix, RuleFinding } from '../../rule.ts';

/** A container of a workload. */
export interface ContainerUse {
  readonly workload: Workload;
  readonly container: Container;
}

/** The change that mends a container's environment. */
export interface EnvironmentFix {
  readonly fix: Fix;
  /** What `podhost instrument` would write for the same fault. */
  readonly plans: readonly EnvPlan[];
}

/** Faults of one container, mended one after the other by what `podhost instrument` consists of. */
export function environmentFix(
  model: Model,
  { workload, container }: ContainerUse,
  mendings: readonly Mending[],
): EnvironmentFix {
  const { manifest, namespace, podTemplate } = workload;
  const props = { namespace, lookup: model.lookup, hasServiceLinks: hasServiceLinks(podTemplate) };
  const { kind, name, namespace: written } = manifest;
  const target = { kind, name, namespace: written, path: container.path };
  const apply = (text: string) =>
    mendings.reduce(
      (mended, mending) => mendedText(mended, target, (found) => mendContainer(found, mending, props)),
      text,
    );
  return {
    fix: { file: manifest.document.file, apply },
    plans: mendings.map((mending) => mendContainer(container.value, mending, props)),
  };
}

/** Another literal for a variable; of one that stands elsewhere there is no fix, because others read it as well. */
export const valueFix = (
  model: Model,
  use: ContainerUse & { readonly variable: Variable },
  value: string,
): Pick<RuleFinding, 'fix'> =>
  use.variable.origin.kind === 'literal'
    ? { fix: environmentFix(model, use, [{ kind: 'value', name: use.variable.name, value }]).fix }
    : {};

/** Names of the entries that a plan moves. */
export const movedNames = ({ value }: Container, { moved }: EnvPlan): ReadonlySet<string> =>
  new Set(moved.flatMap(({ index }) => entriesOf(value)[index]?.name ?? []));

/** The fields of the pod that a plan declares, by variable. */
export const declaredFields = ({ inserted }: EnvPlan): ReadonlyMap<string, string> =>
  new Map(
    inserted.flatMap((entry) => {
      const field = fieldPathOf(entry);
      return field === undefined ? [] : [[entry.name, field] as const];
    }),
  );

/** Fields of the pod become resource attributes, and other attributes go. */
export const identityMending = (fields: readonly PodIdentityField[], removed: readonly string[] = []): Mending => ({
  kind: 'attributes',
  fields: fields.map(({ attribute, field, variable }) => ({ key: attribute, field, variable })),
  removed,
});
