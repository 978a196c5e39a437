import type { Listener } from '../../pipeline/listeners.ts';
import type { Collector } from '../collector/collector.ts';
import type { Answer } from '../network/resolve.ts';
import type { ServicePort } from '../network/service.ts';

/** The port of the last Service on the path; an ExternalName or headless Service lets every port through. */
export function servicePort(
  { services }: Extract<Answer, { services: unknown }>,
  port: number,
): ServicePort | 'any' | undefined {
  const service = services.at(-1);
  return service === undefined || service.headless || service.type === 'ExternalName'
    ? 'any'
    : service.ports.find((candidate) => candidate.port === port);
}

/** The listener of the collector that takes what is sent to a port. */
export function listenerAt(
  answer: Extract<Answer, { kind: 'collector' }>,
  port: number | undefined,
): Listener | undefined {
  const through = port === undefined ? undefined : servicePort(answer, port);
  const target = through === 'any' ? port : Number(through?.targetPort);
  return (
    listenersAt(answer.collector, target)[0] ??
    (Number.isNaN(target) ? listenersAt(answer.collector, port)[0] : undefined)
  );
}

const listenersAt = ({ listeners }: Collector, port: number | undefined): readonly Listener[] =>
  listeners.filter((listener) => listener.port === port);
