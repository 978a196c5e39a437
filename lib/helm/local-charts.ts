import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RenderRequest } from '../chart/chart-renderer.ts';
import { knownVersion } from '../chart/versions.ts';

/**
 * Files and folders in which a chart may be found without a network, the best first.
 *
 * @param more folders of charts beside those of the request
 */
export function localCharts({ chart, version, folders }: RenderRequest, more: readonly string[] = []): LocalChart[] {
  const archives = (folder: string) => archivesIn(folder, chart, version);
  const beside = [...more, ...folders].flatMap((folder) => [
    ...[join(folder, chart), folder].filter(isChart),
    ...archives(folder),
  ]);
  return [
    ...beside.map((location) => ({ location, isNamed: true })),
    ...archives(cacheFolder()).map((location) => ({ location, isNamed: false })),
  ];
}

export interface LocalChart {
  readonly location: string;
  /** Whether it stands beside the values, so that it is the one that they are for. */
  readonly isNamed: boolean;
}

const isChart = (folder: string): boolean => existsSync(join(folder, 'Chart.yaml'));

/**
 * Where helm keeps the charts that it has downloaded.
 *
 * @see https://helm.sh/docs/helm/helm/
 */
function cacheFolder(): string {
  const { HELM_REPOSITORY_CACHE: repository, HELM_CACHE_HOME: home, XDG_CACHE_HOME: xdg } = process.env;
  const usual = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return repository || join(home || join(xdg || usual, 'helm'), 'repository');
}

/** Of several versions, where none is named, the known one comes first, and then the newest. */
function archivesIn(folder: string, chart: RenderRequest['chart'], version: string | undefined): string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .flatMap((file) => {
      const found = file.startsWith(`${chart}-`)
        ? /^-v?(\d+\.\d+\.\d+)\.tgz$/.exec(file.slice(chart.length))?.[1]
        : undefined;
      return found !== undefined && (version === undefined || found === version) ? [{ file, version: found }] : [];
    })
    .sort((a, b) => rank(b.version, chart) - rank(a.version, chart) || byNumber(b.version, a.version))
    .map(({ file }) => join(folder, file));
}

const rank = (version: string, chart: RenderRequest['chart']): number => (version === knownVersion[chart] ? 1 : 0);

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
