import type { Manifest } from '../../model/manifest.ts';
import { mappingAt, textAt } from '../../yaml/value.ts';
import type { Suppression } from './suppression.ts';

const prefix = 'podhost.dev/ignore-';

/** The annotation of an object that suppresses a rule. */
export const suppressionAnnotation = (ruleId: string): string => `${prefix}${ruleId}`;

/** What the annotations of an object suppress. */
export function annotatedSuppressions(manifest: Manifest): Suppression[] {
  const annotations = mappingAt(manifest.value, 'metadata', 'annotations');
  return Object.keys(annotations)
    .filter((annotation) => annotation.startsWith(prefix))
    .map((annotation) => ({
      ruleId: annotation.slice(prefix.length),
      reason: (textAt(annotations, annotation) ?? '').trim(),
      manifest,
      place: () => manifest.place(['metadata', 'annotations', annotation], 'key'),
    }));
}
