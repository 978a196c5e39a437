import type { OperationConfig } from '../config/schema/forecast.ts';
import type { SpanKind, SpanShape, SpanStatus } from './span-shape.ts';
import { beginsTransaction, transaction } from './span-shape.ts';

/** Spans of the operations that a configuration describes: every combination of the properties of each. */
export const describedTraffic = (operations: readonly OperationConfig[]): SpanShape[] => operations.flatMap(spansOf);

/** Operations of a service of which only the number is configured. */
export const assumedTraffic = (count: number): SpanShape[] =>
  describedTraffic(
    Array.from({ length: count }, (_, index) => ({
      name: `GET /operation-${letters(index)}`,
      kind: 'server' as const,
      methods: ['GET'],
      statusCodes: [200, 404, 500],
      attributes: {},
      transactions: 1,
    })),
  );

/** `a` to `z`, `aa` and so on: the collector takes digits in a name for an identifier. */
const letters = (index: number): string =>
  (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));

function spansOf({
  name,
  kind,
  methods,
  statusCodes,
  statuses,
  attributes,
  transactions,
}: OperationConfig): SpanShape[] {
  const kindName = kindNames[kind];
  const choices: readonly Choice[] = [
    attributeChoice('http.request.method', methods),
    statusCodes.length === 0
      ? (statuses ?? ['unset', 'error']).map((status) => ({ status: statusNames[status], attributes: {} }))
      : statusCodes.flatMap((code) =>
          (statuses?.map((status) => statusNames[status]) ?? [statusAfter(code, kindName)]).map((status) => ({
            status,
            attributes: { 'http.response.status_code': String(code) },
          })),
        ),
    ...Object.entries(attributes).map(([attribute, values]) => attributeChoice(attribute, listed(attribute, values))),
    beginsTransaction(kindName)
      ? [{ attributes: { [transaction.name]: name, [transaction.root]: 'true' } }]
      : attributeChoice(transaction.name, listed('transaction', transactions)),
  ];
  const none: SpanShape = { name, kind: kindName, status: 'UNSET', attributes: {} };
  return choices.reduce<SpanShape[]>(
    (shapes, choice) => (choice.length === 0 ? shapes : shapes.flatMap((shape) => choice.map(added(shape)))),
    [none],
  );
}

/** Alternatives, each of which the spans of an operation may have. */
type Choice = readonly { readonly status?: SpanStatus; readonly attributes: Readonly<Record<string, string>> }[];

const added =
  (shape: SpanShape) =>
  ({ status, attributes }: Choice[number]): SpanShape => ({
    ...shape,
    status: status ?? shape.status,
    attributes: { ...shape.attributes, ...attributes },
  });

const attributeChoice = (attribute: string, values: readonly string[]): Choice =>
  values.map((value) => ({ attributes: { [attribute]: value } }));

const listed = (attribute: string, values: number | readonly string[]): readonly string[] =>
  typeof values === 'number' ? Array.from({ length: values }, (_, index) => `${attribute} ${index + 1}`) : values;

/** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status */
const statusAfter = (code: number, kind: SpanKind): SpanStatus =>
  code >= 500 || (kind === 'CLIENT' && code >= 400) ? 'ERROR' : 'UNSET';

const kindNames = {
  server: 'SERVER',
  client: 'CLIENT',
  producer: 'PRODUCER',
  consumer: 'CONSUMER',
  internal: 'INTERNAL',
} as const satisfies Record<OperationConfig['kind'], SpanKind>;

const statusNames = { unset: 'UNSET', ok: 'OK', error: 'ERROR' } as const;
