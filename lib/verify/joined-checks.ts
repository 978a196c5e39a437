import { broken, type HopCheck } from './check.ts';
import { acceptedNone } from './cluster/intake-check.ts';

/**
 * What the cluster and Coralogix show only together: that a collector has accepted no span may mean that there is no
 * traffic, and is where the spans end if none has arrived either.
 */
export function joinedChecks(checks: readonly HopCheck[]): readonly HopCheck[] {
  const isAbsent = checks.some(({ id, status }) => id === 'spans/arrive' && status === 'broken');
  return isAbsent ? checks.map((check) => (check.id === acceptedNone ? endsHere(check) : check)) : checks;
}

const endsHere = ({ message, evidence }: HopCheck): HopCheck =>
  broken(acceptedNone, `${message.replace(/:.*$/, '')}, and none is in Coralogix`, {
    remedy: 'send a request to the service; if it stays so, look at the log of its SDK and at policies of the network',
    evidence,
  });
