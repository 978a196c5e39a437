import { goInstall } from './go-install.ts';
import { versions } from './versions.ts';

/** What the queries of metrics are compared with. */
export const prometheus = goInstall({
  part: 'prometheus',
  version: versions.prometheus,
  minutes: 6,
  command: 'github.com/prometheus/prometheus/cmd/prometheus',
  // The clients of every cloud that it can discover take most of the time of a build.
  tags: ['remove_all_sd'],
});
