import { type Explanation, firstBreak } from './explanation.ts';

/** The result in one line: the first broken hop, or the first that is not known. */
export function headline(explanation: Pick<Explanation, 'hops'>): string {
  const hop = firstBreak(explanation);
  if (hop === undefined) {
    return 'every span arrives with its pod and is counted';
  }
  return hop.status === 'broken'
    ? `breaks at ${hop.name}: ${hop.message}`
    : `cannot tell at ${hop.name}: ${hop.message.replace(/^cannot tell /, '')}`;
}
