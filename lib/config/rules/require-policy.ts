import type { ConfigRule } from './rule.ts';

/** Tail sampling drops a trace that no policy keeps. */
export const requirePolicy: ConfigRule = {
  id: 'require-policy',
  *check({ system }) {
    const loadBalancing = system.at('collector', 'loadBalancing');
    const policies = loadBalancing.get('policies');
    const isOn = loadBalancing.get('enabled').text() !== 'false';
    if (policies.kind === 'list' && policies.items().length === 0 && isOn) {
      const message = 'without a policy the gateway drops every trace';
      yield policies.finding(message, 'remove the key, or write: [{ name: keep-all, type: always_sample }]');
    }
  },
};
