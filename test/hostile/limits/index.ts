import { characters } from './characters.ts';
import { expansions, numbers } from './expansions.ts';
import { images, ports } from './images-and-ports.ts';
import type { Limit } from './limit.ts';
import { names, namespaces } from './names.ts';
import { mounts, quantities } from './resources.ts';
import { addresses, durations } from './settings.ts';
import { sizes } from './sizes.ts';

export const limits: readonly Limit[] = [
  ...characters,
  ...sizes,
  ...names,
  ...namespaces,
  ...images,
  ...ports,
  ...quantities,
  ...mounts,
  ...addresses,
  ...durations,
  ...expansions,
  ...numbers,
];
