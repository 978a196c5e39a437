import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { mainSpanMetricsConnector, spanMetricsConnectors } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { configuredCollectors } from './support/collector-part.ts';
import { sendsToCoralogix } from './support/coralogix-exporters.ts';
import { type InstalledCollector, installedCollectors } from './support/integration-values.ts';

export const requireCompactMetrics: Rule = {
  id: 'require-compact-metrics',
  severity: 'warning',
  documentation: {
    summary: 'Reports span metrics without the compact ones and those of databases, from which the newer APM is drawn.',
    why: 'The second version of APM draws its lists from `compact_calls_total` and `compact_duration_ms_*`, and its databases from `db_*` and `db_compact_*`. The chart makes them beside the main ones. Where they are switched off, or an own configuration has some of the connectors, the pages say that data is missing although every span arrives.',
    remediation:
      'Leave `compactMetrics` and `dbMetrics` on, or add connectors with the namespaces compact, db and db_compact.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      compactMetrics: { enabled: true }
      dbMetrics: { enabled: true, compactMetrics: { enabled: true } }`,
    see: ['https://coralogix.com/docs/user-guides/apm-v2/getting-started/apm-onboarding-tutorial/'],
  },
  check: (model) => [...installedCollectors(model).flatMap(switchedOff), ...withoutTwin(model)],
};

const switches: readonly (readonly string[])[] = [['compactMetrics'], ['dbMetrics'], ['dbMetrics', 'compactMetrics']];

function switchedOff({ values, path, document, collector }: InstalledCollector): RuleFinding[] {
  const preset = ['presets', 'spanMetrics'];
  if (!values.preset('spanMetrics') || collector.unread !== undefined) {
    return [];
  }
  const off = switches.filter((name) => !values.has(...preset, ...name, 'enabled'));
  return off
    .filter((name) => name.length === 1 || off.every(([first, second]) => first !== name[0] || second !== undefined))
    .map((name) => ({
      message: `${name.join('.')} of ${[...path, ...preset].join('.')} is off, and APM draws ${name.includes('dbMetrics') ? 'databases' : 'services'} from it`,
      place: document.place([...path, ...preset, ...name, 'enabled']),
      suggestion: 'write: enabled: true',
    }));
}

/** The namespaces that belong together: a configuration that has some of them is meant to have all. */
const together: readonly string[] = ['compact', 'db', 'db_compact'];

/** One connector alone may be all that an account with the first version of APM needs. */
const withoutTwin = (model: Model): RuleFinding[] =>
  configuredCollectors(model)
    .filter((collector) => !collector.fromValues && sendsToCoralogix(collector))
    .flatMap((collector): RuleFinding[] => {
      const main = mainSpanMetricsConnector(collector.pipelines.all);
      const namespaces = namespacesOf(collector);
      const missing = together.filter((name) => !namespaces.includes(name));
      return main === undefined || missing.length === 0 || missing.length === together.length
        ? []
        : [
            {
              message: `no connector of ${collector.title} has the namespace ${joinNames(missing)}, and APM draws its pages from it`,
              place: collector.place(['connectors', main]),
              suggestion: `add beside ${main}: ${missing.map((name) => `spanmetrics/${name}: { namespace: ${name} }`).join(', ')}`,
              manifest: collectorWorkload(model, collector)?.manifest,
            },
          ];
    });

const namespacesOf = ({ pipelines, config }: Collector): string[] =>
  spanMetricsConnectors(pipelines.all).flatMap((id) => textAt(config, 'connectors', id, 'namespace') ?? []);
