import { matchesOf } from '../explain/senders.ts';
import type { Model } from '../model/model.ts';
import { hasSdk, sendersOf } from '../model/path/sender.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { type Target, targetOf } from '../verify/target.ts';

/**
 * The services to verify: those that were named, or every one whose files show an SDK.
 *
 * @throws PodhostError when there is none, or none of a name
 */
export function targetsOf(model: Model, services: readonly string[], paths: readonly string[]): Target[] {
  const senders = sendersOf(model).filter(hasSdk);
  if (services.length === 0) {
    if (senders.length === 0) {
      throw new PodhostError([
        {
          code: 'verify/no-service',
          message: `no container in ${paths.join(' ')} has an SDK that sends spans`,
          suggestion: 'name the folder of the manifests, or run: podhost instrument',
        },
      ]);
    }
    return senders.map(targetOf);
  }
  const problems: Problem[] = [];
  const found = services.flatMap((service) => {
    const matches = matchesOf(model, service);
    if (matches.length === 0) {
      problems.push(
        unknownService(
          service,
          senders.map((sender) => sender.service),
          paths,
        ),
      );
    }
    return matches;
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  return [...new Set(found)].map(targetOf);
}

function unknownService(service: string, names: readonly string[], paths: readonly string[]): Problem {
  const meant = didYouMean(service.split('/').at(-1) ?? service, names);
  return {
    code: 'verify/no-service',
    message: `nothing in ${paths.join(' ')} is called ${service}: there are ${names.join(', ') || 'no services'}`,
    suggestion: meant === undefined ? 'name one of them by --service' : `write: --service ${meant}`,
  };
}
