import { ownValue } from '../../own-value.ts';
import type { SpanShape } from '../span-shape.ts';

/** Whether a condition of the processor `filter` drops a span. A part that is not understood drops none. */
export const isDropped = (span: SpanShape, condition: string): boolean =>
  condition.split(' or ').some((alternative) => alternative.split(' and ').every((part) => holds(span, part.trim())));

function holds(span: SpanShape, part: string): boolean {
  const [, attribute = '', operator, operand] =
    /^(?:span\.)?attributes\["([^"]+)"\] (==|!=) (nil|"[^"]*")$/.exec(part) ?? [];
  if (operator !== undefined && operand !== undefined) {
    const wanted = operand === 'nil' ? undefined : operand.slice(1, -1);
    return (ownValue(span.attributes, attribute) === wanted) === (operator === '==');
  }
  const [, kindOperator, kind] = /^(?:span\.)?kind (==|!=) SPAN_KIND_([A-Z]+)$/.exec(part) ?? [];
  return kindOperator !== undefined && (span.kind === kind) === (kindOperator === '==');
}
