import type { ConfigChange } from '../support/system-config.ts';

/** Two services that read Secrets and nothing else, so that a deployment takes seconds. */
export const smallSystem: ConfigChange = [
  [['configMap', 'data'], {}],
  [
    ['services'],
    [
      { name: 'query-service', image: 'registry.test/query:1', port: 8011, secretKeys: ['OPENAI_API_KEY'] },
      { name: 'frontend', image: 'registry.test/frontend:1', port: 8020, secretKeys: ['CX_RUM_API_KEY'] },
    ],
  ],
  [
    ['secret', 'keys'],
    ['OPENAI_API_KEY', 'CX_RUM_API_KEY'],
  ],
  [['datastores'], []],
  [['ingress'], undefined],
];
