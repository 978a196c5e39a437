import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { LoadedSystem } from '../config/load-system.ts';
import type { ServiceConfig } from '../config/schema/workloads.ts';
import { System } from '../constructs/system.ts';
import { serviceChart } from '../constructs/system-service.ts';
import type { InstrumentedSources } from '../instrument/instrument-sources.ts';
import { type AlikeServices, alikeServices } from './alike-services.ts';
import { renderApp } from './render-app.ts';
import type { RenderedFile } from './rendered-file.ts';
import { objectKey } from './repeated-objects.ts';

/** What a configuration is synthesized to. */
export interface SystemFiles {
  readonly files: readonly RenderedFile[];
  /** What was done to each workload of the existing manifests, and why. */
  readonly instrumented: InstrumentedSources;
}

/**
 * The files of the system that a configuration describes. Of services that are alike one is constructed.
 *
 * @throws PodhostError with all that the constructs' validations report, and with objects that are there twice
 */
export function systemFiles(loaded: LoadedSystem): SystemFiles {
  return filesByPatterns(loaded) ?? filesOfAll(loaded);
}

/** The same, each service constructed: what `systemFiles` is measured by. */
export function filesOfAll(loaded: LoadedSystem): SystemFiles {
  const { app, system } = construct(loaded);
  return { files: renderApp(app), instrumented: system.instrumented };
}

function construct(loaded: LoadedSystem, services?: readonly ServiceConfig[]) {
  // The CLI's metadata file would lie among the manifests, where kubectl reads it.
  const app = new App({ recordConstructMetadata: false });
  return { app, system: new System(app, 'System', loaded, services) };
}

/** Undefined where something is wrong: it is reported of the services, not of patterns. */
function filesByPatterns(loaded: LoadedSystem): SystemFiles | undefined {
  const { services } = loaded.config;
  try {
    const groups = alikeServices(loaded.config);
    if (groups.length === 0) {
      return undefined;
    }
    const { app, system } = construct(loaded, withPatterns(services, groups));
    const files = withMembers(renderApp(app), services, groups);
    return files === undefined || hasRepeated(system, groups)
      ? undefined
      : { files, instrumented: system.instrumented };
  } catch {
    return undefined;
  }
}

/** Each pattern in the place of its first member. */
function withPatterns(services: readonly ServiceConfig[], groups: readonly AlikeServices[]): ServiceConfig[] {
  const alike = new Map(groups.flatMap((group) => group.members.map((member) => [member, group] as const)));
  return services.flatMap((service) => {
    const group = alike.get(service);
    if (group === undefined) {
      return [service];
    }
    return service === group.members[0] ? [group.pattern] : [];
  });
}

/** Whether an object is there twice once each pattern stands for its members. */
function hasRepeated(system: System, groups: readonly AlikeServices[]): boolean {
  const patterns = new Map(groups.map((group) => [group.pattern.name, group]));
  const groupOf = new Map<IConstruct, AlikeServices>();
  for (const service of system.services) {
    const group = patterns.get(service.name);
    if (group !== undefined) {
      service.node.findAll().map((construct) => groupOf.set(construct, group));
    }
  }
  const keys = system.node.findAll().flatMap((construct) => {
    if (!(construct instanceof ApiObject)) {
      return [];
    }
    const key = objectKey(construct);
    const group = groupOf.get(construct);
    return group === undefined ? [key] : (group.translated(key) ?? []).map((keyOf) => keyOf());
  });
  return new Set(keys).size < keys.length;
}

/** The files in the order in which they are when each service is constructed; undefined where a pattern does not show one. */
function withMembers(
  files: readonly RenderedFile[],
  services: readonly ServiceConfig[],
  groups: readonly AlikeServices[],
): RenderedFile[] | undefined {
  const pathOf = ({ name }: ServiceConfig) => `${serviceChart(name)}.yaml`;
  const made = new Map(files.map((file) => [file.path, file]));
  const ofPatterns = new Set(groups.map(({ pattern }) => pathOf(pattern)));
  for (const group of groups) {
    const file = made.get(pathOf(group.pattern));
    const copies = file === undefined ? [] : group.filesLike(file);
    if (copies === undefined) {
      return undefined;
    }
    for (const copy of copies) {
      made.set(copy.path, copy);
    }
  }
  const ofServices = new Set(services.map(pathOf));
  const isOfService = ({ path }: RenderedFile) => ofServices.has(path) || ofPatterns.has(path);
  const first = files.findIndex(isOfService);
  return [
    ...files.slice(0, first),
    ...[...ofServices].flatMap((path) => made.get(path) ?? []),
    ...files.slice(first).filter((file) => !isOfService(file)),
  ];
}
