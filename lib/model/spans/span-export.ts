import type { Variable } from '../environment/variable.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Answer } from '../network/resolve.ts';
import { answerTo } from './answer-to.ts';
import { type ApplicationContainer, instrumentedContainers } from './instrumentation.ts';
import { memoized } from './memoized.ts';

/** Where a container sends its spans, and what answers there. Each rule of endpoints reports one kind of answer. */
export interface SpanExport extends ApplicationContainer {
  /** The variable that names the endpoint. */
  readonly variable: Variable;
  readonly endpoint: Endpoint;
  readonly answer: Answer;
}

/** Of all instrumented containers whose endpoint is known. */
export const spanExports = memoized((model): readonly SpanExport[] =>
  instrumentedContainers(model).flatMap((instrumented) => {
    const { workload, settings } = instrumented;
    const { endpoint, endpointVariable: variable } = settings;
    return endpoint === undefined || variable === undefined
      ? []
      : [{ ...instrumented, variable, endpoint, answer: answerTo(model, workload, endpoint) }];
  }),
);
