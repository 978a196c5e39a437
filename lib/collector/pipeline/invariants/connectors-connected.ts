import type { Invariant } from './invariant.ts';

/** A connector joins pipelines: with one end open the collector refuses to start. */
export const connectorsConnected: Invariant = (pipelines) => {
  const ends = (side: 'receivers' | 'exporters') =>
    new Set(pipelines.flatMap((pipeline) => [...pipeline[side]]).filter(({ kind }) => kind === 'connector'));
  const fed = ends('exporters');
  const read = ends('receivers');
  return [
    ...[...fed].filter((connector) => !read.has(connector)).map(({ id }) => `connector ${id} has no consumer`),
    ...[...read].filter((connector) => !fed.has(connector)).map(({ id }) => `connector ${id} has no source`),
  ];
};
