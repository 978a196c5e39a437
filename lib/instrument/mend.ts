import { referencesIn } from '../model/environment/expand.ts';
import type { Mapping } from '../yaml/value.ts';
import { ContainerDraft } from './container-draft.ts';
import { defaultEndpoint } from './endpoint.ts';
import type { EnvPlan } from './env-entry.ts';
import { currentEnvironment, type EnvironmentProps } from './environment.ts';
import type { PodField } from './identity.ts';
import { languageOf } from './language.ts';
import { setFields } from './plan-attributes.ts';
import { planExport } from './plan-export.ts';
import { reason } from './reason.ts';

/** One fault of a container's environment that has one right answer. */
export type Mending =
  /** References to what stands behind them, or has the usual name of a field and is not declared. */
  | { readonly kind: 'order' }
  /** Several entries of one name: the last one is what the process sees. */
  | { readonly kind: 'duplicates' }
  /** Resource attributes that are fields of the pod, and keys that must not be there. */
  | { readonly kind: 'attributes'; readonly fields: readonly PodField[]; readonly removed: readonly string[] }
  /** A variable gets a literal value, at its place or as the last one. */
  | { readonly kind: 'value'; readonly name: string; readonly value: string }
  /** Spans go to another address, over the protocol that is declared or that its port takes. */
  | { readonly kind: 'endpoint'; readonly url: string };

/** The changes that mend a container, and no others. */
export function mendContainer(container: Mapping, mending: Mending, props: EnvironmentProps): EnvPlan {
  return mendingDraft(container, mending, props).plan();
}

/** The same with the reasons. */
export function mendingDraft(container: Mapping, mending: Mending, props: EnvironmentProps): ContainerDraft {
  const draft = new ContainerDraft(currentEnvironment(container, props));
  mend(draft, mending, container);
  return draft;
}

function mend(draft: ContainerDraft, mending: Mending, container: Mapping): void {
  const { entries, duplicates } = draft.environment;
  switch (mending.kind) {
    case 'order':
      for (const [index, entry] of entries.entries()) {
        if (entry?.value !== undefined && duplicates.length === 0) {
          draft.settle(entry.name, entry.value, index);
        }
      }
      return;
    case 'duplicates':
      removeDuplicates(draft);
      return;
    case 'attributes':
      setFields(draft, mending.fields, mending.removed);
      return;
    case 'value': {
      const { name, value } = mending;
      if (draft.variable(name)?.entry?.value !== value) {
        draft.set({ name, value }, reason('replaced', `${name} is ${value}`));
      }
      return;
    }
    case 'endpoint': {
      const language = languageOf(container, '', {}, undefined);
      const endpoint = { ...defaultEndpoint, url: mending.url, replaces: true };
      planExport(draft, { context: { endpoint }, hasCollector: false, language });
    }
  }
}

/** Takes out what the last entry of the same name hides, unless something between them refers to it. */
function removeDuplicates(draft: ContainerDraft): void {
  const { entries, variables, duplicates } = draft.environment;
  for (const name of duplicates) {
    const last = variables.get(name)?.index ?? -1;
    const hidden = [...entries.keys()].filter((index) => index < last && entries[index]?.name === name);
    const isUsed = entries.slice(hidden[0], last + 1).some((entry) => referencesIn(entry?.value ?? '').includes(name));
    if (!isUsed) {
      draft.remove(
        hidden,
        reason('duplicate-variable', `${name} is declared ${hidden.length + 1} times, and once now`),
      );
    }
  }
}
