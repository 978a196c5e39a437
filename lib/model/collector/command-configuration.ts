import { posix } from 'node:path';
import { parseYaml } from '../../yaml/parse.ts';
import { collectorYamlSchema } from '../../yaml/schema.ts';
import { isMapping, listAt, type Mapping, type Path, textAt, textListAt, valueAt } from '../../yaml/value.ts';
import type { Container, Workload } from '../workload.ts';

/** What a command names of its configuration. */
export interface CommandArgument {
  readonly value: string;
  /** Where it stands in the manifest of the workload. */
  readonly path: Path;
}

/** Options of a collector's command. */
export interface CommandConfiguration {
  /** Files and other sources, of which a later one is merged over those before. */
  readonly sources: readonly CommandArgument[];
  /** Single settings that are made after that, as `KEY.KEY=VALUE`. */
  readonly settings: readonly CommandArgument[];
}

/**
 * What the command of a container names of its configuration.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/#location
 */
export function commandConfiguration({ value, path }: Container): CommandConfiguration {
  const words = ['command', 'args'].flatMap((key) =>
    textListAt(value, key).map((text, index) => ({ value: text, path: [...path, key, index] })),
  );
  const option = (name: string): CommandArgument[] =>
    words.flatMap((word, index): CommandArgument[] => {
      const [, written] = new RegExp(`^--?${name}=(.*)$`, 's').exec(word.value) ?? [];
      if (written !== undefined) {
        return [{ value: written, path: word.path }];
      }
      const next = new RegExp(`^--?${name}$`).test(word.value) ? words[index + 1] : undefined;
      return next === undefined ? [] : [next];
    });
  return { sources: option('config'), settings: option('set') };
}

/** A key of a ConfigMap that a container has as a file. */
export interface MountedFile {
  readonly configMap: string;
  readonly key: string;
}

/**
 * The ConfigMap and the key behind a file of a container; undefined where no volume that is read has it.
 *
 * @param source as `--config` names it
 */
export function fileBehind(workload: Workload, { value }: Container, source: string): MountedFile | undefined {
  const [, file = source] = /^file:(.*)$/s.exec(source) ?? [];
  const volumes = listAt(workload.podTemplate, 'spec', 'volumes');
  return listAt(value, 'volumeMounts').flatMap((mount): MountedFile[] => {
    const at = posix.normalize(textAt(mount, 'mountPath') ?? '').replace(/\/$/, '');
    const subPath = textAt(mount, 'subPath');
    const inside = posix.relative(at, posix.normalize(file));
    const wanted = subPath === undefined ? inside : posix.join(subPath, inside);
    const volume = volumes.find((each) => textAt(each, 'name') === textAt(mount, 'name'));
    return inside.startsWith('..')
      ? []
      : [volume, ...listAt(volume, 'projected', 'sources')].flatMap((from) => keyBehind(from, wanted));
  })[0];
}

/** `items` name the keys that are files, and how these are called. */
function keyBehind(volume: unknown, file: string): MountedFile[] {
  const configMap = textAt(volume, 'configMap', 'name');
  const items = listAt(volume, 'configMap', 'items');
  const item = items.find((each) => posix.normalize(textAt(each, 'path') ?? '') === file);
  const key = items.length === 0 ? file : textAt(item, 'key');
  return configMap === undefined || key === undefined ? [] : [{ configMap, key }];
}

/** A configuration with single settings over it, as `--set` makes them. */
export const withSettings = (config: Mapping, settings: readonly CommandArgument[]): Mapping =>
  settings.reduce((before, { value: setting }) => {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    const parsed = text === undefined ? undefined : parseYaml(text, collectorYamlSchema);
    return name === undefined || parsed === undefined || 'error' in parsed
      ? before
      : settingAt(before, name.split(/\.|::/), parsed.value);
  }, config);

function settingAt(values: Mapping, [key, ...rest]: readonly string[], value: unknown): Mapping {
  if (key === undefined) {
    return values;
  }
  const inner = valueAt(values, key);
  return { ...values, [key]: rest.length === 0 ? value : settingAt(isMapping(inner) ? inner : {}, rest, value) };
}
