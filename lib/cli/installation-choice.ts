import { normalize } from 'node:path';
import type { Model } from '../model/model.ts';
import { alternatives } from '../model/values/alternatives.ts';
import type { ValuesDocument } from '../model/values/values-document.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import { firstFew, oneOf } from '../text/list.ts';
import { fromWorkingFolder } from './working-folder.ts';

/**
 * A model with the one installation that is chosen, or with all of them.
 *
 * @param wanted a values file, or the name of the object or of the release that is meant
 * @throws PodhostError when none is meant, or more than one
 */
export const chosenModel = (all: Model, wanted: string | undefined): Model =>
  wanted === undefined ? all : all.only(chosen(all, wanted));

function chosen({ values }: Model, wanted: string): (each: ValuesDocument) => boolean {
  const file = normalize(fromWorkingFolder(wanted));
  const named = values.filter(({ names }) => names.includes(wanted));
  const found = named.length > 0 ? named : values.filter(({ files }) => files.some((each) => normalize(each) === file));
  const ids = new Set(found.map(({ id }) => id));
  if (ids.size !== 1) {
    throw new PodhostError([ids.size === 0 ? noInstallation(values, wanted) : manyInstallations(found, wanted)]);
  }
  return ({ id }) => ids.has(id);
}

/** The shortest name that no other installation has. */
function ownName(values: readonly ValuesDocument[], { id, names, title }: ValuesDocument): string {
  const others = new Set(values.filter((other) => other.id !== id).flatMap((other) => other.names));
  const [shortest = title] = names.filter((name) => !others.has(name)).sort((a, b) => a.length - b.length);
  return /^[\w./-]+$/.test(shortest) ? shortest : `"${shortest}"`;
}

const noInstallation = (values: readonly ValuesDocument[], wanted: string) => ({
  code: 'explain/no-installation' as const,
  message: `no installation of a chart is that of ${wanted}`,
  suggestion:
    values.length === 0
      ? 'leave out --installation'
      : `write: --installation ${oneOf(values.map((each) => ownName(values, each)))}`,
});

const manyInstallations = (found: readonly ValuesDocument[], wanted: string) => ({
  code: 'explain/many-installations' as const,
  message: `${wanted} may be ${oneOf(found.map(({ title }) => title))}`,
  suggestion: `write: --installation ${oneOf(found.map((each) => ownName(found, each)))}`,
});

/** That several installations were read which exclude each other, and which one is followed. */
export function installationNotes(model: Model): string[] {
  const { values } = model;
  const others = alternatives(model);
  if (others.length === 0) {
    return [];
  }
  const first = values.filter((each) => others.every(({ isThere }) => !isThere(each)));
  const names = [...new Set(values.map((each) => ownName(values, each)))];
  return [
    `${values.length} installations of charts were read, of which one can be in a cluster: ${first[0]?.title ?? values[0]?.title} is followed; --installation chooses ${firstFew(names, 5)}`,
  ];
}
