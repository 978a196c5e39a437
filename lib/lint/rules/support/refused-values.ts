import type { Refusal } from '../../../chart/refusals.ts';
import type { ValuesDocument } from '../../../model/model.ts';
import { once } from '../../../model/spans/once.ts';
import { type Path, valueAt } from '../../../yaml/value.ts';
import { integrationValues } from './integration-values.ts';
import { type RefusedValue, schemaFinding, templateFinding } from './refusal.ts';
import { rejectedPorts } from './rejected-ports.ts';

/** All that is refused of values: what helm itself refuses, or else the API server. */
export const refusedValues = once((model): readonly RefusedValue[] => {
  const certain = new Set(integrationValues(model).map(({ document }) => document));
  return model.values.flatMap((values) => (certain.has(values.document) ? refusedIn(values) : []));
});

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

/** What no values file says may be given to helm in another way. */
const isWritten = (path: Path, value: unknown): boolean =>
  path[0] !== 'global' || valueAt(value, ...path) !== undefined;

/** A placeholder of a tool that runs before helm: what it becomes is not known. */
const isFilledInLater = (problem: NonNullable<Refusal['problem']>): boolean =>
  problem.kind === 'wrong-value' &&
  typeof problem.value === 'string' &&
  /\{\{|\$[{(]|^<[^>]+>$|^%\w+%$/.test(problem.value);
