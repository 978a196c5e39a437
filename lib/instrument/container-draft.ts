import { type EnvEntry, type EnvPlan, fieldEntry, type Replacement } from './env-entry.ts';
import { type CurrentEnvironment, type CurrentVariable, type LateReference, lateReferences } from './environment.ts';
import { type CodedReason, reason } from './reason.ts';
import { usualFieldOf } from './usual-fields.ts';

/** The changes of one container while they are gathered. */
export class ContainerDraft {
  /** What is changed, and why. */
  readonly changes: CodedReason[] = [];
  /** What a reader must know and nothing is changed for. */
  readonly warnings: CodedReason[] = [];
  private readonly fields: EnvEntry[] = [];
  private readonly others: EnvEntry[] = [];
  private readonly replaced: Replacement[] = [];
  /** By index, the entry that each is put in front of. */
  private readonly moved = new Map<number, number>();
  /** Entries whose references are being moved: one that is met again refers to itself in a circle. */
  private readonly settling = new Set<number>();
  private readonly removed: number[] = [];
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

  /**
   * Moves what a value refers to before the entry that holds it, and declares what has the usual name of a field of the
   * pod; anything else that nothing declares is a warning.
   */
  settle(name: string, value: string, index: number): void {
    this.settleAll(name, value, index);
  }

  /** @returns whether an order declares all of it */
  private settleAll(name: string, value: string, index: number): boolean {
    const own = new Set([...this.fields, ...this.others].map((entry) => entry.name));
    const late = lateReferences(value, index, this.environment).filter((found) => !own.has(found.name));
    return late.map((found) => this.settleOne(name, found, index)).every((isSettled) => isSettled);
  }

  private settleOne(user: string, { name, index }: LateReference, before: number): boolean {
    const isCircle = index === undefined ? this.environment.entries[before]?.name === name : this.settling.has(index);
    if (isCircle) {
      const message =
        user === name
          ? `${user} refers to itself, and nothing before it declares it`
          : `${user} refers to $(${name}), which refers back to it: no order declares both`;
      this.warn(reason('undefined-reference', message));
      return false;
    }
    if (index === undefined) {
      this.declareUsual(user, name, before);
      return true;
    }
    return (this.moved.get(index) ?? Number.POSITIVE_INFINITY) <= before || this.move(user, name, index, before);
  }

  private move(user: string, name: string, from: number, before: number): boolean {
    this.settling.add(from);
    const isSettled = this.settleAll(name, this.environment.entries[from]?.value ?? '', before);
    this.settling.delete(from);
    if (!isSettled) {
      return false;
    }
    if (!this.moved.delete(from)) {
      this.changes.push(reason('reference-before-definition', `${name} moves before ${user}, which refers to it`));
    }
    this.moved.set(from, before);
    return true;
  }

  private declareUsual(user: string, name: string, index: number): void {
    const field = usualFieldOf(name);
    if (field === undefined) {
      this.warn(reason('undefined-reference', `${user} refers to $(${name}), which nothing declares`));
    } else {
      this.fields.push(fieldEntry(name, field));
      this.putBefore(index);
      this.changes.push(
        reason('reference-without-definition', `${user} refers to $(${name}), which is declared from ${field}`),
      );
    }
  }

  /** Takes entries out. */
  remove(indexes: readonly number[], why: CodedReason): void {
    this.removed.push(...indexes);
    this.changes.push(why);
  }

  plan(): EnvPlan {
    return {
      inserted: [...this.fields, ...this.others],
      before: this.before,
      replaced: this.replaced,
      moved: [...this.moved].map(([index, before]) => ({ index, before })),
      removed: this.removed,
    };
  }
}
