import { groupBy } from '../../group-by.ts';
import { listAt, textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { containersOf } from './support/containers.ts';
import { environmentFix } from './support/environment-fix.ts';

export const uniqueVariable: Rule = {
  id: 'unique-variable',
  severity: 'warning',
  documentation: {
    summary: 'Reports a variable that a container declares more than once.',
    why: 'The process sees the last of them, whatever the first says. Server-side apply, and so Helm 4 and Flux, refuse such a list: `duplicate entries for key`. Client-side apply and Kustomize keep one of them without a word.',
    remediation: 'Keep the last one, which is in force.',
    example: `env:
  - name: LOG_LEVEL
    value: info`,
    see: ['https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy'],
  },
  check: (model) =>
    containersOf(model).flatMap((found) => {
      const { workload, container } = found;
      const entries = listAt(container.value, 'env').flatMap((entry, index) => {
        const name = textAt(entry, 'name');
        return name === undefined ? [] : [{ name, index }];
      });
      if (new Set(entries.map(({ name }) => name)).size === entries.length) {
        return [];
      }
      const repeated = [...groupBy(entries, ({ name }) => name)].filter(([, same]) => same.length > 1);
      const mended = environmentFix(model, found, [{ kind: 'duplicates' }]);
      const removed = new Set(mended.plans.flatMap(({ removed: indexes }) => indexes));
      return repeated.map(([name, same]) => ({
        message: `container ${container.name} of ${workload.title} declares ${name} ${same.length} times`,
        place: workload.manifest.place([...container.path, 'env', same[0].index]),
        suggestion: removed.has(same[0].index)
          ? 'remove all but the last one'
          : `give one of them another name: a variable between them refers to $(${name})`,
        manifest: workload.manifest,
        ...(removed.has(same[0].index) ? { fix: mended.fix } : {}),
      }));
    }),
};
