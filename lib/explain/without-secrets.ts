import { maskSecrets } from '../secrets/mask-secrets.ts';
import type { Explanation } from './explanation.ts';
import type { Hop, Reason } from './hop.ts';

/** User and password of a URL, of which nothing need be seen to know where it leads. */
const credentials = /\/\/[^\s/@]+@/g;

const masked = (text: string): string => maskSecrets(text.replaceAll(credentials, '//'));

/** The explanation as it may be pasted: what looks like a secret is replaced. */
export const withoutSecrets = (explanation: Explanation): Explanation => ({
  ...explanation,
  service: masked(explanation.service),
  hops: explanation.hops.map(
    (hop): Hop => ({
      ...hop,
      says: masked(hop.says),
      because: hop.because.map((reason): Reason => ({ ...reason, says: masked(reason.says) })),
    }),
  ),
  series: explanation.series && {
    ...explanation.series,
    labels: explanation.series.labels.map((label) => ({
      ...label,
      ...(label.value === undefined ? {} : { value: masked(label.value) }),
    })),
  },
  application: explanation.application && masked(explanation.application),
  subsystem: explanation.subsystem && masked(explanation.subsystem),
});
