/** `unknown`: the files that were read are not enough to know. */
export type Certainty = 'ok' | 'broken' | 'unknown';

/** The worst of some: broken before unknown before ok; of equals the first. */
export function worst<T extends { readonly status: Certainty }>(first: T, ...others: readonly T[]): T {
  const all = [first, ...others];
  return all.find(({ status }) => status === 'broken') ?? all.find(({ status }) => status === 'unknown') ?? first;
}
