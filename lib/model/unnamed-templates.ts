import { templateKey, unnamedTemplate } from '../kubernetes/pod-template.ts';
import type { Problem } from '../problems/problem.ts';
import type { Manifest } from './manifest.ts';

const code = 'lint/unnamed-template';

/** Whether a problem is about a pod template rather than about a part of a file that was not read. */
export const isUnnamedTemplate = (problem: Problem): boolean => problem.code === code;

/**
 * Objects of custom kinds whose pods are in no model, because nothing names where the kind has its pod template.
 *
 * @param settingOf the setting that an entry of `templates` becomes
 */
export function unnamedTemplates(others: readonly Manifest[], settingOf = templateKey): Problem[] {
  return others.flatMap((manifest): Problem[] => {
    const found = manifest.isBuiltIn ? undefined : unnamedTemplate(manifest.value);
    if (found?.entry === undefined || found.path.length === 0) {
      // At the top of an object there may be fields of pods that something else runs.
      return [];
    }
    return [
      {
        code,
        message: `${manifest.title} is not understood: its kind is not known, and it describes pods at ${found.written}`,
        place: manifest.place(found.path, 'key'),
        suggestion: `write: ${settingOf(found.entry)}`,
      },
    ];
  });
}
