import { broken, type HopCheck } from './check.ts';
import { acceptedNone } from './cluster/intake-check.ts';

/**
 * What the cluster, Coralogix and a probe show only together: that a collector has accepted no span may mean that there
 * is no traffic, and is where the spans end if none has arrived either. Where a probe arrives, the path is whole, and
 * the service itself is what sends nothing.
 */
export function joinedChecks(checks: readonly HopCheck[]): readonly HopCheck[] {
  const isAbsent = checks.some(({ id, status }) => id === 'spans/arrive' && status === 'broken');
  if (!isAbsent) {
    return checks;
  }
  const isPathWhole = checks.some(({ id, status }) => id === 'probe/arrives' && status === 'proven');
  return checks.map((check) =>
    check.id === 'spans/arrive' && isPathWhole
      ? ofServiceAlone(check)
      : check.id === acceptedNone && !isPathWhole
        ? endsHere(check)
        : check,
  );
}

const ofServiceAlone = ({ id, message, evidence }: HopCheck): HopCheck =>
  broken(id, `${message}, and the span of a probe with its environment arrived: the service itself sends none`, {
    remedy: 'send a request to the service; if it stays so, look at the log of its SDK',
    evidence,
  });

const endsHere = ({ message, evidence }: HopCheck): HopCheck =>
  broken(acceptedNone, `${message.replace(/:.*$/, '')}, and none is in Coralogix`, {
    remedy: 'send a request to the service; if it stays so, look at the log of its SDK and at policies of the network',
    evidence,
  });
