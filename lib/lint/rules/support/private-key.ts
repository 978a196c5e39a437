import { collectorSecret } from '../../../chart/names.ts';
import type { Model } from '../../../model/model.ts';
import { keyVariables } from '../../../model/start/key-variables.ts';
import { installedCollectors } from '../../../model/values/integration-values.ts';
import { listAt, textAt, valueAt } from '../../../yaml/value.ts';

/** A key of a Secret that the collectors of some values read, in the namespace that they run in. */
export interface KeySecret {
  readonly name: string;
  readonly key: string;
  readonly namespace: string;
  readonly file: string;
}

/** All of them, each once. */
export function keySecrets(model: Model): KeySecret[] {
  const all = installedCollectors(model).flatMap(({ collector, document, path }) => {
    const { namespace } = collector;
    const written = valueAt(document.value, ...path, 'extraEnvs');
    const needed = keyVariables(collector);
    const references =
      written === undefined
        ? needed.length === 0
          ? []
          : [collectorSecret]
        : listAt(written).flatMap((entry) => referenceIn(entry, needed) ?? []);
    return namespace === undefined
      ? []
      : references.map(({ name, key }) => ({ name, key, namespace, file: document.file }));
  });
  return [...new Map(all.map((secret) => [Object.values(secret).join('\n'), secret])).values()];
}

function referenceIn(entry: unknown, needed: readonly string[]): { name: string; key: string } | undefined {
  const name = textAt(entry, 'valueFrom', 'secretKeyRef', 'name');
  const key = textAt(entry, 'valueFrom', 'secretKeyRef', 'key');
  const isNeeded = needed.includes(textAt(entry, 'name') ?? '');
  return isNeeded && name !== undefined && key !== undefined ? { name, key } : undefined;
}
