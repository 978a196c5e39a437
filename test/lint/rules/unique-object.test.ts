import { expect, test } from 'vitest';
import { uniqueObject as rule } from '../../../lib/lint/rules/unique-object.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { documents } from '../../model/support/pod.ts';
import { application, smallSystem } from '../../model/support/small-system.ts';
import { report } from './support/lint-text.ts';

test('reports an object that is there twice, with both places', () => {
  expect(report(rule, documents(toYaml(application()), toYaml(application())))).toMatchObject([
    {
      message:
        'Deployment api of namespace shop is written a second time, after app.yaml:4: the last one that is applied holds',
    },
  ]);
});

test('does not report objects of different names, kinds or namespaces', () => {
  const texts = [smallSystem(), toYaml(application({ name: 'web' })), toYaml(application({ namespace: 'other' }))];
  expect(report(rule, documents(...texts))).toEqual([]);
});
