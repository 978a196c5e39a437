import { k3sStep } from '../../steps/k3s.ts';
import type { Check } from '../check.ts';
import { installsK3s } from '../scope.ts';

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
