import { samplingPolicyTypes } from '../../pipeline/sampling.ts';
import { didYouMean, typoOf } from '../../text/did-you-mean.ts';
import { isMapping, textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { componentsOf, type PartProblem } from '../collector/part.ts';

/**
 * Policies of `tail_sampling` with which the collector does not start. Without policies it starts, and keeps no trace.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export const wrongSamplingPolicies = (collector: Collector): PartProblem[] =>
  componentsOf(collector, 'processors', 'tail_sampling').flatMap(({ id, settings }) => {
    const path = ['processors', id, 'policies'];
    const title = `${id} of ${collector.title}`;
    const policies = valueAt(settings, 'policies') ?? [];
    if (isVariable(policies)) {
      return [];
    }
    if (!Array.isArray(policies)) {
      return [{ path, message: `the policies of ${title} are no list: the collector does not start`, suggestion }];
    }
    const isUsed = collector.pipelines.all.some(({ processors }) => processors.includes(id));
    const names = policies.map((policy) => textAt(policy, 'name') ?? '');
    return policies.flatMap((policy: unknown, index): PartProblem[] => {
      const found = wrongPolicy(policy, names.slice(0, index), isUsed);
      return found === undefined
        ? []
        : [{ ...found, path: [...path, index], message: `policy ${index + 1} of ${title} ${found.message}` }];
    });
  });

const suggestion = 'write: policies: [{ name: keep-all, type: always_sample }]';
const consequence = 'the collector does not start';

const isVariable = (value: unknown): boolean => typeof value === 'string' && value.includes('$');

/**
 * @param before names of the policies before it
 * @param isUsed whether a pipeline names the processor: what else is configured is read, and not started
 */
function wrongPolicy(
  policy: unknown,
  before: readonly string[],
  isUsed: boolean,
): Omit<PartProblem, 'path'> | undefined {
  if (isVariable(policy)) {
    return undefined;
  }
  if (policy !== null && !isMapping(policy)) {
    return { message: `is no mapping: ${consequence}`, suggestion: 'write: { name: keep-all, type: always_sample }' };
  }
  const name = textAt(policy, 'name') ?? '';
  const type = textAt(policy, 'type') ?? '';
  if (!isUsed) {
    return undefined;
  }
  if (name === '') {
    return { message: `has no name: ${consequence}`, suggestion: 'write: name: keep-all' };
  }
  if (before.includes(name)) {
    return {
      message: `has the name ${name} of another one: ${consequence}`,
      suggestion: 'give each policy a name of its own',
    };
  }
  return samplingPolicyTypes.includes(type) || isVariable(type) ? undefined : wrongType(type);
}

function wrongType(type: string): Omit<PartProblem, 'path'> {
  const meant = didYouMean(type, samplingPolicyTypes);
  return {
    message:
      type === ''
        ? `has no type: ${consequence}`
        : `has the type ${type}, which tail_sampling does not have: ${consequence}`,
    suggestion:
      meant === undefined ? `write as type one of ${samplingPolicyTypes.join(', ')}` : `write: type: ${meant}`,
    // A later version may have more types.
    ...(type === '' || typoOf(type, samplingPolicyTypes) !== undefined ? {} : { cannotTell: true }),
  };
}
