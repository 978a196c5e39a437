import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFlags, go } from './go.ts';
import type { BuiltPart, Recipe, Workshop } from './recipe.ts';

/** Text by path inside the module. */
export type Sources = Readonly<Record<string, string>>;

export interface GoModuleOptions {
  readonly name: string;
  readonly version: string;
  readonly minutes: number;
  /** Each part is the main package in the folder of its name. */
  readonly makes: readonly BuiltPart[];
  readonly sources: Sources;
  /** For a go.mod that can be told only after a look at somebody else's; its inputs belong in `sources`. */
  readonly goMod?: (workshop: Workshop) => Promise<string>;
  readonly stamps?: Readonly<Record<string, string>>;
}

/** A recipe for a module of our own, written into the cache and built there. */
export function goModule(options: GoModuleOptions): Recipe {
  const { name, version, minutes, makes, sources, goMod, stamps = {} } = options;
  const flags = buildFlags(stamps);
  return {
    name,
    version,
    makes,
    minutes,
    inputs: [version, ...flags, ...makes, ...Object.entries(sources).flat()],
    async build(workshop) {
      write(workshop, goMod ? { ...sources, 'go.mod': await goMod(workshop) } : sources);
      // -mod=mod adds what the requirements imply; `go mod tidy` would also want the modules of other people's tests.
      await go(workshop, ['build', '-mod=mod', ...flags, '-o', workshop.bin, ...makes.map((part) => `./${part}`)]);
    },
  };
}

function write(workshop: Workshop, sources: Sources): void {
  for (const [path, text] of Object.entries(sources)) {
    const file = join(workshop.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
