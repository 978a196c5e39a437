/** Names that one variant may stand for: more are no suggestion. */
const maximumNames = 20;

/** Longer names are not found. */
const maximumLength = 64;

/** Finds the names of a long list that differ from a written one by a letter, or by two that changed places. */
export class NameIndex {
  private readonly byVariant = new Map<string, string[]>();

  /** @param bare the form in which names are compared */
  constructor(names: readonly string[], bare: (name: string) => string) {
    for (const name of new Set(names)) {
      for (const variant of variants(bare(name))) {
        const known = this.byVariant.get(variant) ?? [];
        this.byVariant.set(variant, known);
        if (known.length < maximumNames) {
          known.push(name);
        }
      }
    }
  }

  /** Names that may be near, in the order of the variants. */
  near(wanted: string): readonly string[] {
    return [...new Set(variants(wanted).flatMap((variant) => this.byVariant.get(variant) ?? []))];
  }
}

/** The name, and the name without each of its letters: near names have one of these in common. */
function variants(name: string): string[] {
  return name.length > maximumLength
    ? []
    : [name, ...Array.from(name, (_, index) => name.slice(0, index) + name.slice(index + 1))];
}
