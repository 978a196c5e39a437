import { componentType } from '../pipeline/component.ts';

/** What processors do beside the resource, by their ids where these say more than their types. */
const known: Readonly<Record<string, string>> = {
  'transform/spanmetrics': 'the status of the span metrics under one name',
  'transform/semconv': 'http.method of newer spans, http.response.status_code of older ones',
  'transform/reduce': 'no attribute, and takes some of the resource away',
  memory_limiter: 'nothing, and refuses spans while memory is short',
  batch: 'nothing, and sends many spans at once',
  redaction: 'nothing, and takes identifiers out of the names of spans',
  groupbytrace: 'nothing, and waits for the other spans of the trace',
  coralogix: 'cgx.transaction and cgx.transaction.root',
  tail_sampling: 'nothing, and drops the traces that no policy keeps',
  probabilistic_sampler: 'nothing, and drops a share of the traces',
  filter: 'nothing, and may drop spans',
};

/** What a processor adds, for people; undefined where that is not known. */
export function effectOf(id: string): string | undefined {
  const type = componentType(id);
  return Object.hasOwn(known, id) ? known[id] : Object.hasOwn(known, type) ? known[type] : undefined;
}
