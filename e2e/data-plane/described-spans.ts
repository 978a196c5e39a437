import type { ForecastConfig, OperationConfig } from '../../lib/config/schema/forecast.ts';
import { marks, type SpanPlan } from './span-plan.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** Spans as an application of that description makes them: each combination a few times, under the newer names. */
export function describedSpans(config: ForecastConfig, service: string, run: string, sender: string): SpanPlan[] {
  const operations = config.services[service]?.operations ?? config.operations;
  if (typeof operations !== 'number') {
    return operations.flatMap((operation) => spansOf(operation, marks(run, sender)));
  }
  // As the forecast names them: the collector takes digits in a name for an identifier.
  const names = Array.from({ length: operations }, (_, index) => `GET /operation-${'abcdefghijkl'[index]}`);
  return names.flatMap((name) =>
    [200, 404, 500].map((code) => ({
      name,
      error: code === 500,
      attributes: { ...marks(run, sender), 'http.request.method': 'GET', 'http.response.status_code': code },
      count: 2,
    })),
  );
}

const kinds = { server: 'SERVER', client: 'CLIENT', consumer: 'CONSUMER', internal: 'INTERNAL' } as const;

function spansOf(operation: OperationConfig, marked: Attributes): SpanPlan[] {
  const { name, kind, statuses } = operation;
  if (kind === 'producer') throw new Error('no operation here is a producer');
  const plans: SpanPlan[] = [];
  for (const method of operation.methods.length === 0 ? [undefined] : operation.methods) {
    for (const code of operation.statusCodes.length === 0 ? [undefined] : operation.statusCodes) {
      for (const status of statuses ?? (code === undefined ? ['unset', 'error'] : ['by code'])) {
        for (const further of combinations(operation.attributes)) {
          plans.push({
            name,
            kind: kinds[kind],
            error: status === 'error' || (status === 'by code' && Number(code) >= (kind === 'client' ? 400 : 500)),
            attributes: {
              ...marked,
              ...further,
              ...(method === undefined ? {} : { 'http.request.method': method }),
              ...(code === undefined ? {} : { 'http.response.status_code': code }),
            },
            count: 2,
          });
        }
      }
    }
  }
  return plans;
}

function combinations(attributes: OperationConfig['attributes']): Attributes[] {
  let all: Attributes[] = [{}];
  for (const [name, values] of Object.entries(attributes)) {
    const listed = typeof values === 'number' ? Array.from({ length: values }, (_, index) => `value ${index}`) : values;
    all = all.flatMap((before) => listed.map((value) => ({ ...before, [name]: value })));
  }
  return all;
}
