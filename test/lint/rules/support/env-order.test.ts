import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { envOf, reorderEnv } from '../../../../lib/lint/rules/support/env-edit.ts';
import { orderOf } from '../../../../lib/lint/rules/support/env-order.ts';
import { isMapping, listAt, textAt } from '../../../../lib/yaml/value.ts';
import { modelOf } from './lint-text.ts';

const names = ['A', 'B', 'C', 'D', 'E'];

/** A pod whose variables refer to those of a lower number, in any order, with comments and blank lines between. */
const pods = fc
  .record({
    order: fc.shuffledSubarray(names, { minLength: 2 }),
    references: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 6 }),
    gaps: fc.array(fc.constantFrom('', '# about it\n', '\n', '\n# about it\n'), { minLength: 5, maxLength: 5 }),
  })
  .map(({ order, references, gaps }) => {
    const entries = order.map((name, index) => {
      const number = names.indexOf(name);
      const used = references.filter(([user, used]) => user === number && used < number).map(([, used]) => names[used]);
      const gap = (gaps[index] ?? '').replaceAll(/^(?=.)/gm, '        ');
      return `${gap}        - name: ${name}\n          value: "${used.map((each) => `$(${each})`).join(',')}" # ${name}\n`;
    });
    return `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      env:\n${entries.join('')}      image: b\n`;
  });

const entriesOf = (text: string) => {
  const pod = load(text);
  const [container] = isMapping(pod) ? listAt(pod['spec'], 'containers') : [];
  return listAt(container, 'env').map((entry) => ({
    name: textAt(entry, 'name') ?? '',
    value: textAt(entry, 'value'),
  }));
};

test('an order has every variable after those that it refers to, and is the same the second time', () => {
  fc.assert(
    fc.property(pods, (text) => {
      const [workload] = modelOf(text).workloads;
      const [container] = workload?.containers ?? [];
      if (workload === undefined || container === undefined) {
        throw new Error('no container');
      }
      const after = reorderEnv(text, envOf(workload, container));
      expect(entriesOf(after).map(({ name }) => name)).toEqual(orderOf(entriesOf(text)));
      expect(modelOf(after).workloads.length).toBe(1);
      expect(reorderEnv(after, envOf(workload, container))).toBe(after);
      const lines = (of: string) => of.split('\n').sort();
      expect(lines(after)).toEqual(lines(text));
      const declared = entriesOf(after).map(({ name }) => name);
      for (const [index, { value = '' }] of entriesOf(after).entries()) {
        const used = [...value.matchAll(/\$\((.)\)/g)].map(([, name = '']) => name);
        const known = used.filter((name) => declared.includes(name));
        expect(known.filter((name) => declared.indexOf(name) >= index)).toEqual([]);
      }
    }),
  );
});
