import { groupBy } from '../../group-by.ts';
import type { Rule } from '../rule.ts';

export const uniqueObject: Rule = {
  id: 'unique-object',
  severity: 'warning',
  documentation: {
    summary: 'Reports an object that is written more than once in what was read.',
    why: 'Kubernetes has one object of a kind, name and namespace. `kubectl apply` of both leaves what comes last, so that the other is silently without effect, and every judgement holds for one of them only. Often they belong to different environments that lie in one folder.',
    remediation: 'Remove one, or name the files of one environment; `podhost explain` has the option `--file`.',
    example: `podhost lint deploy/production
podhost explain checkout deploy --file deploy/production/checkout.yaml`,
    see: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/names/'],
  },
  check: ({ manifests, namespace }) => {
    const named = manifests.filter(({ name }) => name !== '');
    const same = groupBy(named, ({ apiVersion, kind, name, namespace: own }) =>
      [apiVersion.split('/')[0], kind, own ?? namespace.name, name].join('\n'),
    );
    return [...same.values()].flatMap(([first, ...others]) =>
      others.map((manifest) => {
        const { file, line } = first.place(['metadata', 'name']);
        const where = manifest.namespace ?? namespace.name;
        return {
          message: `${manifest.title} of namespace ${where} is written a second time, after ${file}:${line}: the last one that is applied holds`,
          place: manifest.place(['metadata', 'name']),
          manifest,
        };
      }),
    );
  },
};
