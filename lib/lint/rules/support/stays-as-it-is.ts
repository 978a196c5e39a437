import type { Model } from '../../../model/model.ts';
import type { SpanExport } from '../../../model/spans/span-export.ts';
import { wrongCollector } from '../../../model/spans/wrong-collector.ts';

/** Whether the endpoint leads where it may stay, so that its protocol and its shape are worth a word. */
export const staysAsItIs = (model: Model, span: SpanExport): boolean =>
  ['collector', 'unknown', 'no-pods'].includes(span.answer.kind) &&
  span.endpoint.host.kind !== 'unresolved' &&
  wrongCollector(model, span) === undefined;
