import type { RenderedCollector } from '../../chart/chart.ts';
import type { Refusal } from '../../chart/refusals.ts';
import { type Path, valueAt } from '../../yaml/value.ts';
import type { PlacedProblem } from '../collector/part.ts';
import { memoized } from '../spans/memoized.ts';
import { integrationValues } from '../values/integration-values.ts';
import type { ValuesDocument } from '../values/values-document.ts';

/** Something that helm or the API server refuses of values. */
export interface RefusedValue {
  readonly values: ValuesDocument;
  /** Where it stands in the document. */
  readonly path: Path;
  /** What helm refuses; else what the API server does. */
  readonly by: Refusal | PlacedProblem;
  /** Whether the value may be given to helm in another way. */
  readonly isOpen: boolean;
}

/** All that is refused of values: what helm itself refuses, or else the API server. */
export const refusedValues = memoized((model): readonly RefusedValue[] => {
  const certain = new Set(integrationValues(model).map(({ document }) => document));
  return model.values.filter((values) => certain.has(values.document) || isCertainlyPlain(values)).flatMap(refusedIn);
});

/** Values of a plain chart of which it is known whose it is. */
const isCertainlyPlain = ({ chart, publisher, renderedBy }: ValuesDocument): boolean =>
  chart === 'opentelemetry-collector' && (renderedBy.kind === 'helm' || publisher === 'coralogix');

function refusedIn(values: ValuesDocument): RefusedValue[] {
  const { document, rendering } = values;
  const { refusals } = rendering;
  const made = (refusal: Refusal): RefusedValue => ({
    values,
    path: refusal.path,
    by: refusal,
    isOpen:
      refusal.kind !== 'schema' && refusal.path[0] === 'global' && valueAt(document.value, ...refusal.path) === '',
  });
  const ofSchema = refusals.filter(({ problem }) => problem !== undefined && !isFilledInLater(problem));
  if (ofSchema.length > 0) {
    return ofSchema.map(made);
  }
  const [first, ...others] = refusals.filter(({ path, kind }) => kind !== 'schema' && isWritten(path, document.value));
  // What stops helm first stops it again further on; a key that is gone stops it by itself.
  const gone = others.filter(({ path }, index) => {
    const isNew = path.join('\n') !== first?.path.join('\n') && !others.slice(0, index).some(isAt(path));
    return isNew && valueAt(document.value, ...path) === null;
  });
  const ofTemplates = [...(first === undefined ? [] : [first]), ...gone].map(made);
  return ofTemplates.length > 0 ? ofTemplates : rejectedPorts(values);
}

const isAt =
  (path: Path) =>
  (other: Refusal): boolean =>
    other.path.join('\n') === path.join('\n');

/** A value that is in no values file may be given to helm in another way. */
const isWritten = (path: Path, value: unknown): boolean =>
  path[0] !== 'global' || valueAt(value, ...path) !== undefined;

/** A placeholder of a tool that runs before helm: what it becomes is not known. */
const isFilledInLater = (problem: NonNullable<Refusal['problem']>): boolean =>
  problem.kind === 'wrong-value' &&
  typeof problem.value === 'string' &&
  /\{\{|\$[{(]|^<[^>]+>$|^%\w+%$/.test(problem.value);

/**
 * Ports of sub-charts with which the API server rejects what helm makes of them: without a number, or with one that is
 * none of a port.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
const rejectedPorts = (values: ValuesDocument): RefusedValue[] =>
  values.rendering.collectors.flatMap((collector) => {
    const ofCollector = [...collector.path, 'service'].join('.');
    const service = values.rendering.services.find(({ path }) => path.join('.') === ofCollector);
    return [
      ...collector.ports.flatMap(({ name, containerPort }) =>
        rejected(values, collector, name, 'containerPort', containerPort, collector.kind),
      ),
      ...(service?.ports ?? []).flatMap(({ name, port }) =>
        rejected(values, collector, name, 'servicePort', port, 'Service'),
      ),
    ];
  });

function rejected(
  values: ValuesDocument,
  { path }: RenderedCollector,
  name: string,
  key: 'containerPort' | 'servicePort',
  port: number | undefined,
  kind: string,
): RefusedValue[] {
  if (port !== undefined && port >= 1 && port <= 65_535) {
    return [];
  }
  const { document } = values;
  const entry = [...path, 'ports', name];
  const what = port === undefined ? `has no ${key}` : `has ${key}: ${port}, which is no port`;
  const by: PlacedProblem = {
    message: `${entry.join('.')} ${what}: the API server rejects the ${kind}, and helm installs nothing`,
    place: port === undefined ? document.place(entry, 'key') : document.place([...entry, key]),
    suggestion: `write: ${key}: …, from 1 to 65535`,
  };
  return [{ values, path: entry, by, isOpen: false }];
}
