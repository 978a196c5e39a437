import { didYouMean } from '../../../text/did-you-mean.ts';
import { makesSpanMetrics } from '../../collector/collector.ts';
import { NetworkIndex } from '../../network/network-index.ts';
import type { Answer } from '../../network/resolve.ts';
import { servicesNamed } from '../../spans/services-named.ts';
import { valuesWithoutAgentService, wrongCollector } from '../../spans/wrong-collector.ts';
import type { Reason, Verdict } from '../hop.ts';
import { meantService } from '../meant-service.ts';
import type { SpanPath } from '../span-path.ts';
import { serviceReason } from './service-reason.ts';

type Missing = Extract<Answer, { kind: 'no-service' }>;

const wrongCollectorAt = ({ model, workload, settings: { endpoint } }: SpanPath, answer: Missing) =>
  endpoint === undefined ? undefined : wrongCollector(model, { answer, workload, endpoint });

/** A name that means a Service which is not there, and what may have been meant. */
export function withoutService(spanPath: SpanPath, answer: Missing): Verdict {
  const { model } = spanPath;
  const values = valuesWithoutAgentService(model, answer);
  const switchedOff: Reason[] =
    values === undefined
      ? []
      : [
          {
            message: 'the chart creates it only with opentelemetry-agent.service.enabled: true',
            place: () => values.document.place([...values.root, 'opentelemetry-agent', 'service', 'enabled']),
          },
        ];
  const elsewhere = servicesNamed(model, answer.name).map((service) => {
    const collector = NetworkIndex.of(model).collector(service);
    const leads =
      collector === undefined || makesSpanMetrics(collector)
        ? ''
        : `, and leads to ${collector.title}, which makes no span metrics`;
    return {
      message: `a Service of that name is in namespace ${service.namespace}${leads}`,
      place: () => service.place(),
    };
  });
  const beside = model.services.filter(({ namespace }) => namespace === answer.namespace);
  const near = didYouMean(
    answer.name,
    beside.map(({ name }) => name),
  );
  const spelt = beside
    .filter(({ name }) => name === near)
    .map((service) => ({ message: `Service ${near} has a similar name`, place: () => service.place() }));
  const reasons = [...answer.services.map(serviceReason), ...switchedOff, ...elsewhere, ...spelt.slice(0, 1)];
  // Something else may make it, unless it is known what is meant.
  const isMeant =
    values !== undefined ||
    meantService(model, answer) !== undefined ||
    wrongCollectorAt(spanPath, answer) !== undefined;
  return isMeant
    ? {
        status: 'broken',
        cause: 'no-service',
        message: `namespace ${answer.namespace} has no Service ${answer.name}`,
        reasons,
      }
    : {
        status: 'unknown',
        message: `no Service ${answer.name} of namespace ${answer.namespace} was read`,
        reasons,
      };
}
