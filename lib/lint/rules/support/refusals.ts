import type { ChartRendering, RenderedCollector } from '../../../chart/chart.ts';
import type { Refusal } from '../../../chart/refusals.ts';
import type { SchemaProblem } from '../../../chart/schema/validate.ts';
import { memoized } from '../../../model/spans/memoized.ts';
import type { ValuesDocument } from '../../../model/values/values-document.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import { mappingAt, type Path, valueAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { integrationValues } from './integration-values.ts';
import { nameMeant, shownValue, valueMeant } from './meant.ts';
import { renameFix } from './values-edit.ts';

/** Something that helm or the API server refuses, and where it stands in the values. */
export interface RefusedValue {
  /** From the top of the values of `otel-integration`, or behind the name of the plain chart. */
  readonly path: Path;
  readonly finding: RuleFinding;
}

/** @param reasons in the words of helm */
const refused = (message: string, ...reasons: readonly string[]): string =>
  `${message}: helm refuses to install the chart (${reasons.join('; ')})`;

/**
 * What the schema refuses, as a finding.
 *
 * @param root where the values of the sub-chart stand
 */
export function schemaFinding(problem: SchemaProblem, document: SourceDocument, root: Path): RuleFinding {
  const path = [...root, ...problem.path];
  const title = path.join('.');
  const message = (text: string) => refused(text, ...problem.reasons);
  switch (problem.kind) {
    case 'unknown-key': {
      const parent = path.slice(0, -1);
      const meant = nameMeant(problem.path, problem.known);
      const siblings = mappingAt(document.value, ...parent);
      return {
        message: message(`${parent.join('.')} has no key ${path.at(-1)}`),
        place: document.place(path, 'key'),
        suggestion: meant.suggestion,
        ...(meant.key === undefined ? {} : renameFix(document, path, meant.key, siblings, meant.isCertain)),
      };
    }
    case 'wrong-value':
      return problem.value === null
        ? {
            message: message(`${title} is null, and the chart has no value there that null could remove`),
            place: document.place(path),
            suggestion: `remove ${path.at(-1)}`,
          }
        : {
            message: message(`${title} must be ${problem.expected}${shownValue(problem.value, path)}`),
            place: document.place(path),
            suggestion: valueMeant(problem.value, problem.expected, path),
          };
    case 'missing-key':
      return {
        message: message(`${title} needs ${problem.keys.join(' and ')}`),
        place: document.place(path),
        suggestion: `write: ${problem.keys.map((key) => `${key}: …`).join(', ')}`,
      };
    case 'not-exactly-one':
      return {
        message: message(`${title} needs exactly one of ${problem.keys.join(' and ')}`),
        place: document.place(path),
        suggestion: `keep one of ${problem.keys.join(' and ')}`,
      };
  }
}

/** What stops helm behind the schema, as a finding. */
export function templateFinding({ kind, path, reason, suggestion }: Refusal, document: SourceDocument): RuleFinding {
  const title = path.join('.');
  const key = String(path.at(-1));
  const value = valueAt(document.value, ...path);
  const place = document.place(path, value === null ? 'key' : 'value');
  if (kind === 'type') {
    return {
      message: refused(`${title} must be a mapping`, reason),
      place,
      suggestion: `write: ${key}: { enabled: true }`,
    };
  }
  if (value === null) {
    const isPreset = path.length >= 3 && path.at(-2) === 'presets';
    return {
      message: refused(`${title} is null, and the templates of the chart look for what it holds`, reason),
      place,
      suggestion: isPreset ? `write: ${key}: { enabled: false }` : `remove ${key}`,
    };
  }
  if (path[0] === 'global' && value === '') {
    const message = `helm refuses to install the chart where ${title} is not given in another way (${reason})`;
    return { message, place, cannotTell: true };
  }
  const message = `helm refuses to install the chart: ${reason}`;
  return suggestion === undefined ? { message, place } : { message, place, suggestion };
}

/** All that is refused of values: what helm itself refuses, or else the API server. */
export const refusedValues = memoized((model): readonly RefusedValue[] => {
  const certain = new Set(integrationValues(model).map(({ document }) => document));
  return model.values.flatMap((values) => {
    const { chart, document } = values;
    const top = chart === 'otel-integration' ? [] : [chart];
    return certain.has(document) || isCertainlyPlain(values)
      ? refusedIn(values).map(({ path, finding }) => ({ path: [...top, ...path.slice(rootOf(values, path))], finding }))
      : [];
  });
});

/** Values of a plain chart of which it is known whose it is. */
const isCertainlyPlain = ({ chart, publisher, renderedBy }: ValuesDocument): boolean =>
  chart === 'opentelemetry-collector' && (renderedBy.kind === 'helm' || publisher === 'coralogix');

const rootOf = ({ root }: ValuesDocument, [first]: Path): number => (first === 'global' ? 0 : root.length);

function refusedIn({ document, rendering }: ValuesDocument): RefusedValue[] {
  const { refusals } = rendering;
  const ofSchema = refusals.flatMap((refusal): RefusedValue[] => {
    const { problem, path } = refusal;
    return problem === undefined || isFilledInLater(problem)
      ? []
      : [{ path, finding: schemaFinding(problem, document, path.slice(0, path.length - problem.path.length)) }];
  });
  if (ofSchema.length > 0) {
    return ofSchema;
  }
  const [first, ...others] = refusals.filter(({ path, kind }) => kind !== 'schema' && isWritten(path, document.value));
  // What stops helm first stops it again further on; a key that is gone stops it by itself.
  const gone = others.filter(({ path }, index) => {
    const isNew = path.join('\n') !== first?.path.join('\n') && !others.slice(0, index).some(isAt(path));
    return isNew && valueAt(document.value, ...path) === null;
  });
  const ofTemplates = (first === undefined ? [] : [first, ...gone]).map((refusal) => ({
    path: refusal.path,
    finding: templateFinding(refusal, document),
  }));
  return ofTemplates.length > 0 ? ofTemplates : rejectedPorts(document, rendering);
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
export const rejectedPorts = (document: SourceDocument, { collectors, services }: ChartRendering): RefusedValue[] =>
  collectors.flatMap((collector) => {
    const ofCollector = [...collector.path, 'service'].join('.');
    const service = services.find(({ path }) => path.join('.') === ofCollector);
    return [
      ...collector.ports.flatMap(({ name, containerPort }) =>
        rejected(document, collector, name, 'containerPort', containerPort, collector.kind),
      ),
      ...(service?.ports ?? []).flatMap(({ name, port }) =>
        rejected(document, collector, name, 'servicePort', port, 'Service'),
      ),
    ];
  });

function rejected(
  document: SourceDocument,
  { path }: RenderedCollector,
  name: string,
  key: 'containerPort' | 'servicePort',
  port: number | undefined,
  kind: string,
): RefusedValue[] {
  if (port !== undefined && port >= 1 && port <= 65_535) {
    return [];
  }
  const entry = [...path, 'ports', name];
  const what = port === undefined ? `has no ${key}` : `has ${key}: ${port}, which is no port`;
  return [
    {
      path: entry,
      finding: {
        message: `${entry.join('.')} ${what}: the API server rejects the ${kind}, and helm installs nothing`,
        place: port === undefined ? document.place(entry, 'key') : document.place([...entry, key]),
        suggestion: `write: ${key}: …, from 1 to 65535`,
      },
    },
  ];
}
