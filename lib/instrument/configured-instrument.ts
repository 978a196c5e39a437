import type { ObjectSelection } from '../config/schema/instrument.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { type TemplatePaths, templatePathsOf } from '../kubernetes/pod-template.ts';
import { ownValue } from '../own-value.ts';
import { type Mapping, textAt, textsAt } from '../yaml/value.ts';
import type { InstrumentContext } from './context.ts';
import { parseLabelSelector } from './selector.ts';

/** What a configuration says of existing workloads. */
export interface ConfiguredInstrument {
  /** What they must get, apart from the address of the collector. */
  readonly context: Omit<InstrumentContext, 'lookup' | 'endpoint'>;
  /** Where custom kinds have their pod template. */
  readonly templatePaths: TemplatePaths;
  /** Whether an object is meant. */
  readonly selects: (object: Mapping) => boolean;
  /** `NAME` or `KIND/NAME` of every object that the configuration names. */
  readonly names: readonly string[];
}

/**
 * Reads what a configuration says of existing workloads.
 *
 * @param selector label selector of the command line, which takes the place of `instrument.select`
 * @throws PodhostError when the selector is none
 */
export function configuredInstrument(
  { environment, instrument }: Pick<SystemConfig, 'environment' | 'instrument'>,
  selector?: string,
): ConfiguredInstrument {
  const { templates, exclude, protocol, languages, serviceNameFromLabels } = instrument;
  const select: ObjectSelection | undefined =
    selector === undefined ? instrument.select : { names: [], labels: selector };
  const [isSelected, isExcluded] = [matcherOf(select), matcherOf(exclude)];
  return {
    context: {
      environment,
      serviceNameFromLabels,
      ...(protocol === undefined ? {} : { protocol }),
      languageOf: (kind, name) => ownValue(languages, `${kind}/${name}`) ?? ownValue(languages, name),
    },
    templatePaths: templatePathsOf(templates),
    selects: (object) => (select === undefined || isSelected(object)) && !isExcluded(object),
    names: [...new Set([...(select?.names ?? []), ...(exclude?.names ?? []), ...Object.keys(languages)])],
  };
}

/** Whether one of the names or the labels is that of an object. */
function matcherOf({ names, labels }: ObjectSelection = { names: [] }): (object: Mapping) => boolean {
  const hasLabels = labels === undefined ? () => false : parseLabelSelector(labels);
  return (object) =>
    objectNames(object).some((name) => names.includes(name)) || hasLabels(textsAt(object, 'metadata', 'labels'));
}

/** What a configuration may call an object. */
export function objectNames(object: Mapping): readonly string[] {
  const name = textAt(object, 'metadata', 'name') ?? textAt(object, 'metadata', 'generateName') ?? '';
  return [name, `${textAt(object, 'kind')}/${name}`];
}
