/**
 * Labels that the span metrics connector sets on every series itself; it refuses a dimension of that name.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export const reservedDimensions = [
  'service.name',
  'span.name',
  'span.kind',
  'status.code',
  'collector.instance.id',
] as const;

/**
 * The label that a metrics store makes of an attribute: what is no letter, digit or `_` becomes `_`.
 *
 * @see https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
 */
export const foldedName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_]/g, '_');

/** The labels that the connector sets, by what the store makes of them. */
const reservedLabels = new Map<string, string>(reservedDimensions.map((name) => [foldedName(name), name]));

/** Why a dimension cannot stand in a list. */
export type DimensionClash =
  /** The connector refuses the list and the agent does not start. */
  | { readonly kind: 'duplicate'; readonly index: number; readonly first: number }
  /** Both become one label, in which the store keeps either value. */
  | { readonly kind: 'folded'; readonly index: number; readonly first: number }
  /** Equal to a label that the connector sets itself, as written or folded. */
  | { readonly kind: 'reserved'; readonly index: number; readonly label: string };

/** All clashes of a list, each at the later of the two places; at most one for each entry. */
export function findDimensionClashes(names: readonly string[]): DimensionClash[] {
  const byName = new Map<string, number>();
  const byLabel = new Map<string, number>();
  return names.flatMap((name, index): DimensionClash[] => {
    const label = foldedName(name);
    const same = byName.get(name);
    const first = byLabel.get(label);
    byName.set(name, same ?? index);
    byLabel.set(label, first ?? index);
    if (same !== undefined) {
      return [{ kind: 'duplicate', index, first: same }];
    }
    const reserved = reservedLabels.get(label);
    if (reserved !== undefined) {
      return [{ kind: 'reserved', index, label: reserved }];
    }
    return first === undefined ? [] : [{ kind: 'folded', index, first }];
  });
}

/** Whether the connector refuses the list, which it does for equal names alone: labels become equal behind it. */
export const isRefusedClash = (clash: DimensionClash, names: readonly string[]): boolean =>
  clash.kind === 'duplicate' || (clash.kind === 'reserved' && names[clash.index] === clash.label);

/** The other dimension, of another name, that becomes the same label. */
export const foldedTwin = (name: string, others: readonly string[]): string | undefined =>
  others.find((other) => other !== name && foldedName(other) === foldedName(name));
