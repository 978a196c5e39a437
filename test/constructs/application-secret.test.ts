import { expect, test } from 'vitest';
import { ApplicationSecret } from '../../lib/constructs/application-secret.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { synthesized } from '../support/synthesized.ts';

const props = { name: 'demo-secrets', partOf: 'demo', keys: ['TOKEN'] };

test('an existing Secret is only referred to', () => {
  const objects = synthesized((chart) => {
    const secret = new ApplicationSecret(chart, 'Secret', props);
    expect(secret.variable('TOKEN')).toEqual({
      name: 'TOKEN',
      valueFrom: { secretKeyRef: { name: 'demo-secrets', key: 'TOKEN' } },
    });
    expect(secret.variable('TOKEN', 'OTHER').name).toBe('OTHER');
  });
  expect(objects).toEqual([]);
});

test('an ExternalSecret names the store and where each key comes from', () => {
  const objects = synthesized((chart) => {
    new ApplicationSecret(chart, 'Secret', {
      ...props,
      externalSecret: {
        store: { kind: 'ClusterSecretStore', name: 'vault' },
        refreshInterval: '1h',
        remote: { TOKEN: { key: 'demo', property: 'token' } },
      },
    });
  });
  expect(objects.map(toYaml).join('---\n')).toMatchSnapshot();
});
