import { variableReference } from '../telemetry/downward-variables.ts';
import type { ContainerDraft } from './container-draft.ts';
import { type EnvEntry, fieldEntry, fieldPathOf } from './env-entry.ts';
import type { PodField } from './identity.ts';

/** Variables for the fields of the pod: those that stand there are used, others are declared when they are needed. */
export class FieldVariables {
  private readonly missing = new Map<string, EnvEntry>();

  constructor(
    private readonly draft: ContainerDraft,
    /** The entry that refers to them; undefined where every entry may be used. */
    private readonly user: number | undefined,
  ) {}

  reference({ field, variable }: PodField): string {
    const { entries, variables } = this.draft.environment;
    const usable = entries.find(
      (entry, index) =>
        entry !== undefined &&
        fieldPathOf(entry) === field &&
        variables.get(entry.name)?.index === index &&
        (this.user === undefined || index < this.user),
    );
    if (usable !== undefined) {
      return variableReference(usable.name);
    }
    const known = this.missing.get(field);
    const names = [
      variable,
      `PODHOST_${variable}`,
      ...[...variables.keys()].map((_, index) => `PODHOST_${variable}_${index + 2}`),
    ];
    const name = known?.name ?? names.find((candidate) => !variables.has(candidate)) ?? variable;
    this.missing.set(field, fieldEntry(name, field));
    return variableReference(name);
  }

  /** Declares those that a text refers to. */
  declare(text: string): void {
    for (const entry of this.missing.values()) {
      if (text.includes(variableReference(entry.name))) {
        this.draft.declare(entry);
      }
    }
  }
}
