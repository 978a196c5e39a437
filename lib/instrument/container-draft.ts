import type { EnvEntry, EnvPlan, Replacement } from './env-entry.ts';
import { type CurrentEnvironment, type CurrentVariable, lateReferences } from './environment.ts';
import { type CodedReason, reason } from './reason.ts';

/** The changes of one container while they are gathered. */
export class ContainerDraft {
  /** What is changed, and why. */
  readonly changes: CodedReason[] = [];
  /** What a reader must know and nothing is changed for. */
  readonly warnings: CodedReason[] = [];
  private readonly fields: EnvEntry[] = [];
  private readonly others: EnvEntry[] = [];
  private readonly replaced: Replacement[] = [];
  private readonly moved = new Set<number>();
  /** Entries whose references are being moved: one that is met again refers to itself in a circle. */
  private readonly settling = new Set<number>();
  private before: number | undefined;

  constructor(readonly environment: CurrentEnvironment) {}

  variable(name: string): CurrentVariable | undefined {
    return this.environment.variables.get(name);
  }

  warn(...warnings: CodedReason[]): void {
    this.warnings.push(...warnings);
  }

  /** Gives a variable a value: in its own place, or as a new entry. */
  set(entry: EnvEntry, why: CodedReason, appended?: readonly string[]): void {
    this.changes.push(why);
    const index = this.variable(entry.name)?.index;
    if (index === undefined) {
      this.others.push(entry);
    } else {
      this.replaced.push({ index, entry, ...(appended === undefined ? {} : { appended }) });
    }
  }

  /** Declares a variable before all others that are new. */
  declare(entry: EnvEntry): void {
    this.changes.push(reason('added', `${entry.name} is new`));
    this.fields.push(entry);
  }

  /** The entry that what is new stands before, as far as it is known; undefined is the end. */
  get position(): number | undefined {
    return this.before;
  }

  /** Puts what is new before an entry that refers to it. */
  putBefore(index: number): void {
    this.before = Math.min(this.before ?? index, index);
  }

  /** Moves what a value refers to before the entry that holds it; what nothing declares is a warning. */
  settle(name: string, value: string, index: number): void {
    const own = new Set([...this.fields, ...this.others].map((entry) => entry.name));
    for (const late of lateReferences(value, index, this.environment).filter((found) => !own.has(found.name))) {
      if (late.name === name || late.index === undefined) {
        this.warn(reason('undefined-reference', `${name} refers to $(${late.name}), which nothing declares`));
      } else if (this.settling.has(late.index)) {
        this.warn(
          reason(
            'undefined-reference',
            `${name} refers to $(${late.name}), which refers back to it: no order declares both`,
          ),
        );
      } else if (!this.moved.has(late.index)) {
        this.settling.add(late.index);
        this.settle(late.name, this.environment.entries[late.index]?.value ?? '', index);
        this.settling.delete(late.index);
        this.moved.add(late.index);
        this.putBefore(index);
        this.changes.push(
          reason('reference-before-definition', `${late.name} moves before ${name}, which refers to it`),
        );
      }
    }
  }

  plan(): EnvPlan {
    return {
      inserted: [...this.fields, ...this.others],
      before: this.before,
      replaced: this.replaced,
      moved: [...this.moved],
    };
  }
}
