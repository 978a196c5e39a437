import type { ObjectName } from '../data-plane/manifest-change.ts';
import { exampleSystem } from '../support/example-system.ts';

const { namespace, collectorNamespace } = exampleSystem;

export const agentName = 'coralogix-opentelemetry-agent';

/** Container of every collector of the synthesized system. */
export const collectorContainer = 'opentelemetry-collector';

/** The services that are verified, and the one that is broken. */
export const service = 'query-service';
export const verified = [service, 'validation-service'] as const;

export const deployment: ObjectName = { kind: 'deployment', name: service, namespace };
export const agent: ObjectName = { kind: 'daemonset', name: agentName, namespace: collectorNamespace };

/** The pods of the bed have only started, of which little is expected yet: the command runs with a later clock. */
export const oneHourAhead = 'data:text/javascript,const now = Date.now; Date.now = () => now() + 3_600_000;';
