/** A stretch of a text that must not be readable. */
export interface FoundSecret {
  /** What it is, in words that do not show it. */
  readonly what: string;
  /** Index of its first character. */
  readonly start: number;
  /** Index after its last character. */
  readonly end: number;
  /**
   * Name of the setting within the text that holds it.
   *
   * @default - it stands there without a name
   */
  readonly name?: string;
  /** Whether its form alone identifies it, whatever it is called. */
  readonly byForm: boolean;
}

/**
 * All of them in order of the text, and what overlaps as one.
 *
 * @param found in order of how much their kind says: of two that overlap, the kind of the first is kept
 */
export function withoutOverlaps(found: readonly FoundSecret[]): readonly FoundSecret[] {
  if (found.length < 2) {
    return found;
  }
  const ranked = found.map((secret, rank) => ({ secret, rank }));
  const kept: typeof ranked = [];
  for (const next of ranked.toSorted((one, other) => one.secret.start - other.secret.start || one.rank - other.rank)) {
    const last = kept.at(-1);
    if (last === undefined || next.secret.start >= last.secret.end) {
      kept.push(next);
    } else {
      const { secret, rank } = last.rank < next.rank ? last : next;
      const end = Math.max(last.secret.end, next.secret.end);
      kept[kept.length - 1] = { rank, secret: { ...secret, start: last.secret.start, end } };
    }
  }
  return kept.map(({ secret }) => secret);
}

/** Whether a stretch of the text overlaps one of the secrets. */
export const overlaps = (found: readonly FoundSecret[], start: number, end: number): boolean =>
  found.some((secret) => secret.start < end && start < secret.end);

/** A secret with the line and the column that it begins in, both counted from 0. */
interface PlacedSecret {
  readonly secret: FoundSecret;
  readonly line: number;
  readonly column: number;
}

/** Where the secrets of a text begin; they must be in order of the text. */
export function placedSecrets(text: string, found: readonly FoundSecret[]): PlacedSecret[] {
  let line = 0;
  let begins = 0;
  return found.map((secret) => {
    for (let next = text.indexOf('\n', begins); next >= 0 && next < secret.start; next = text.indexOf('\n', begins)) {
      line += 1;
      begins = next + 1;
    }
    return { secret, line, column: secret.start - begins };
  });
}
