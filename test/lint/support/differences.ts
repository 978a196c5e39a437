import { forecastSchema } from '../../../lib/config/schema/forecast.ts';
import { forecastSystem } from '../../../lib/forecast/forecast-system.ts';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { type WalkedPath, walkedPaths } from '../../../lib/model/path/walked-path.ts';
import type { SourceText } from '../../../lib/model/source/read-sources.ts';
import { causeRules, pathRules } from './cause-rules.ts';

/** What keeps lint, explain and forecast of one system from being one verdict. */
export function differences(sources: readonly SourceText[]): string[] {
  const { model, result } = lintSources(sources);
  const found = result.findings.filter(({ level }) => level !== 'note');
  const paths = walkedPaths(model);
  const unreported = paths.flatMap(({ hops, sender }) =>
    hops.flatMap(({ name, status, cause, message }) =>
      status !== 'broken' || found.some(({ rule }) => causeRules[cause].includes(rule.id))
        ? []
        : [`explain alone: ${sender.workload.title}: ${name}: ${cause}: ${message}`],
    ),
  );
  const unexplained = found
    .filter(({ level, rule }) => level === 'error' && pathRules.includes(rule.id))
    .filter(({ message }) => !paths.some((path) => isBroken(path)) && paths.some((path) => isAbout(path, message)))
    .map(({ rule, message }) => `lint alone: ${rule.id}: ${message}`);
  const { services } = forecastSystem(model, forecastSchema.parse({}));
  const counted = paths.flatMap((path) => {
    const forecast = services.find(({ workload }) => workload === path.sender.workload.title);
    const isForecast = (forecast?.series ?? 0) > 0;
    const hop = path.hops.find(({ name }) => name === 'spanmetrics');
    const lost = path.hops.find(({ name, status }) => status === 'broken' && ['address', 'receiver'].includes(name));
    const isUncounted = ['no-span-metrics', 'no-service-name', 'no-consumer'].includes(hop?.cause ?? '');
    if (isForecast && (lost !== undefined || isUncounted)) {
      return [`forecast counts, and explain does not: ${(lost ?? hop)?.message}`];
    }
    const isExported = path.hops.every(({ cause }) => cause !== 'no-metrics-exporter');
    return hop?.status === 'ok' && isExported && !isForecast
      ? [`explain counts, and forecast does not: ${hop.message}`]
      : [];
  });
  return [...result.failures.map(({ message }) => message), ...unreported, ...unexplained, ...counted];
}

const isBroken = ({ hops }: WalkedPath): boolean => hops.some(({ status }) => status === 'broken');

/** Whether a finding is about a workload, or about a collector on its path. */
const isAbout = ({ sender, spanPath }: WalkedPath, message: string): boolean =>
  message.includes(sender.workload.title) ||
  spanPath.collectors.some(
    ({ title, rendered }) =>
      message.includes(title) || (rendered !== undefined && message.includes(rendered.chart.alias)),
  );
