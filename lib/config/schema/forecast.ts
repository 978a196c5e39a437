import { z } from 'zod';
import { integer, nonEmptyText, textLike } from './scalars.ts';

const attributeName = () => textLike(/^[A-Za-z_][A-Za-z0-9_.\-/]*$/, 'an attribute name such as db.system');

/** Values that are not worth writing down are counted. */
const attributeValues = z.union([
  integer(1, 1_000_000),
  z.array(nonEmptyText()).min(1, 'must name at least one value'),
]);

/** One kind of work of a service. All combinations of its properties are assumed to occur. */
const operationSchema = z.strictObject({
  name: nonEmptyText().describe('Name of its spans, e.g. GET /orders/{id}.'),
  kind: z
    .enum(['server', 'client', 'producer', 'consumer', 'internal'])
    .default('server')
    .describe('Kind of its spans.'),
  methods: z
    .array(textLike(/^[A-Z]+$/, 'an HTTP method such as GET', (written) => written.toUpperCase()))
    .default([])
    .describe('HTTP methods (http.request.method).'),
  statusCodes: z
    .array(integer(100, 599))
    .default([])
    .describe('HTTP status codes (http.response.status_code). 500 and more are errors; to a client, 400 and more.'),
  statuses: z
    .array(z.enum(['unset', 'ok', 'error']))
    .optional()
    .describe('Statuses of its spans. Default: what follows from statusCodes; unset and error where there are none.'),
  attributes: z
    .record(attributeName(), attributeValues)
    .default({})
    .describe('Further attributes of its spans: their values, or how many there are.'),
  transactions: integer(1, 100_000)
    .default(1)
    .describe('From how many operations of the service it is called: the values of cgx.transaction.'),
});

const serviceTrafficSchema = z.strictObject({
  operations: z
    .union([integer(0, 100_000), z.array(operationSchema)])
    .optional()
    .describe('Its operations, or how many HTTP operations it serves. Default: forecast.operations.'),
  deploymentsPerDay: z.optional(integer(0, 10_000)).describe('Default: forecast.deploymentsPerDay.'),
  processes: integer(1, 1_000)
    .default(1)
    .describe('Processes of a pod that send spans, each with its own service.instance.id or process.pid.'),
});

export const forecastSchema = z.strictObject({
  budget: z.optional(integer(1, 1_000_000_000)).describe('Most series at one time. Default: any number.'),
  budgetPerDay: z.optional(integer(1, 1_000_000_000)).describe('Most series of a day. Default: any number.'),
  nodes: z
    .optional(integer(1, 15_000))
    .describe('Nodes that the pods run on. Default: each pod of a service on a node of its own.'),
  operations: integer(0, 100_000)
    .default(10)
    .describe('HTTP operations of each service that is not described: one method, and the status codes 200, 404, 500.'),
  deploymentsPerDay: integer(0, 10_000).default(1).describe('How often a day all pods of a service are replaced.'),
  services: z
    .record(textLike(/^(?=.*[A-Za-z])\S+$/, 'the name of a service (service.name)'), serviceTrafficSchema)
    .default({})
    .describe('What each service does, by its service.name or the name of its workload.'),
});

export type ForecastConfig = z.output<typeof forecastSchema>;
export type OperationConfig = z.output<typeof operationSchema>;
