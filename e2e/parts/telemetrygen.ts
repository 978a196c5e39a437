import { goInstall } from './go-install.ts';
import { versions } from './versions.ts';

/** What the image of a probe runs. */
export const telemetrygen = goInstall({
  part: 'telemetrygen',
  version: versions.collector,
  minutes: 1,
  command: 'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen',
});
