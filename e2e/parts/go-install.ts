import { buildFlags, go } from './go.ts';
import type { BuiltPart, Recipe } from './recipe.ts';

export interface GoInstallOptions {
  readonly part: BuiltPart;
  readonly version: string;
  readonly minutes: number;
  /** Import path of a released main package. */
  readonly command: string;
  readonly stamps?: Readonly<Record<string, string>>;
  /** Build tags, for what is left out. */
  readonly tags?: readonly string[];
}

/** A recipe for a command that its own module builds as released. */
export function goInstall({ part, version, minutes, command, stamps = {}, tags = [] }: GoInstallOptions): Recipe {
  const tagged = tags.length === 0 ? [] : [`-tags=${tags.join(',')}`];
  const args = ['install', ...buildFlags(stamps), ...tagged, `${command}@v${version}`];
  return {
    name: part,
    version,
    makes: [part],
    minutes,
    inputs: args,
    async build(workshop) {
      await go(workshop, args, { GOBIN: workshop.bin });
    },
  };
}
