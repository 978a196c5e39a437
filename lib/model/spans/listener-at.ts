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

type CollectorAnswer = Extract<Answer, { kind: 'collector' }>;

/** The port of the collector behind the port of an endpoint; a name where it is not known which port has it. */
export function targetPort(answer: CollectorAnswer, port: number): number | string | undefined {
  const through = servicePort(answer, port);
  if (through === 'any' || through === undefined) {
    return through && port;
  }
  const number = Number(through.targetPort);
  return Number.isNaN(number) ? (answer.collector.namedPorts?.get(through.targetPort) ?? through.targetPort) : number;
}

/** The name of a port of the collector to which the last Service leads, where no container has one of that name. */
export function missingTarget(answer: CollectorAnswer, port: number): string | undefined {
  const target = targetPort(answer, port);
  return typeof target === 'string' && answer.collector.namedPorts !== undefined ? target : undefined;
}

/** The listener of the collector that takes what is sent to a port. */
export function listenerAt(answer: CollectorAnswer, port: number | undefined): Listener | undefined {
  const target = port === undefined ? undefined : targetPort(answer, port);
  const isNamed = typeof target === 'string' && answer.collector.namedPorts === undefined;
  return listenersAt(answer.collector, typeof target === 'number' ? target : isNamed ? port : undefined)[0];
}

const listenersAt = ({ listeners }: Collector, port: number | undefined): readonly Listener[] =>
  listeners.filter((listener) => listener.port === port);
