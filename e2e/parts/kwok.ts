import { goInstall } from './go-install.ts';
import { versions } from './versions.ts';

/** Nodes and pods that become Ready without a kubelet. */
export const kwok = goInstall({
  part: 'kwok',
  version: versions.kwok,
  minutes: 2,
  command: 'sigs.k8s.io/kwok/cmd/kwok',
});
