import { makesSpanMetrics } from '../../model/collector/collector.ts';
import { NetworkIndex } from '../../model/network/network-index.ts';
import type { Answer } from '../../model/network/resolve.ts';
import { servicesNamed } from '../../model/spans/services-named.ts';
import { valuesWithoutAgentService } from '../../model/spans/wrong-collector.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { Reason, Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { serviceReason } from './service-reason.ts';

/** A name that means a Service which is not there, and what may have been meant. */
export function withoutService({ model }: SpanPath, answer: Extract<Answer, { kind: 'no-service' }>): Verdict {
  const values = valuesWithoutAgentService(model, answer);
  const switchedOff: Reason[] =
    values === undefined
      ? []
      : [
          {
            message: 'the chart creates it only with opentelemetry-agent.service.enabled: true',
            place: values.document.place([...values.root, 'opentelemetry-agent', 'service', 'enabled']),
          },
        ];
  const elsewhere = servicesNamed(model, answer.name).map((service) => {
    const collector = NetworkIndex.of(model).collector(service);
    const leads =
      collector === undefined || makesSpanMetrics(collector)
        ? ''
        : `, and leads to ${collector.title}, which makes no span metrics`;
    return { message: `a Service of that name is in namespace ${service.namespace}${leads}`, place: service.place() };
  });
  const beside = model.services.filter(({ namespace }) => namespace === answer.namespace);
  const near = didYouMean(
    answer.name,
    beside.map(({ name }) => name),
  );
  const spelt = beside
    .filter(({ name }) => name === near)
    .map((service) => ({ message: `Service ${near} has a similar name`, place: service.place() }));
  return {
    status: 'broken',
    message: `namespace ${answer.namespace} has no Service ${answer.name}`,
    reasons: [...answer.services.map(serviceReason), ...switchedOff, ...elsewhere, ...spelt.slice(0, 1)],
  };
}
