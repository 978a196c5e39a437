import type { Check } from '../../preflight/check.ts';
import { installsK3s } from '../../preflight/scope.ts';
import { k3sStep } from './step.ts';

/** What the step itself would refuse before it begins: another release on the host, a foreign kubeconfig in the way. */
export const k3sCheck: Check = {
  name: 'k3s on the host',
  needs: ['host'],
  isNeeded: installsK3s,
  async look({ context }) {
    await k3sStep.actions(context);
    return {};
  },
};
