import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { listAt, textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const requireCollectorMetrics: Rule = {
  id: 'require-collector-metrics',
  severity: 'warning',
  documentation: {
    summary: 'Reports a collector whose own metrics are off, or are offered to its own pod only.',
    why: 'Refused spans, full queues and failed exports are counted by the collector itself, in `otelcol_*`. With `level: none`, or on 127.0.0.1 where nothing in the pod asks, nobody sees that data is lost before the views show it.',
    remediation: 'Leave the level at `normal`, and bind the address of the pod.',
    example: `service:
  telemetry:
    metrics:
      readers:
        - pull: { exporter: { prometheus: { host: "\${env:MY_POD_IP}", port: 8888 } } }`,
    see: ['https://opentelemetry.io/docs/collector/internal-telemetry/'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

const path = ['service', 'telemetry', 'metrics'];

const local = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?|ip6-localhost)$/;

function problemsOf(collector: Collector): PartProblem[] {
  const { config, title } = collector;
  if (textAt(config, ...path, 'level') === 'none') {
    return [
      {
        path: [...path, 'level'],
        message: `the metrics of ${title} about itself are off`,
        suggestion: 'write: level: normal',
      },
    ];
  }
  // A scrape of the collector by itself finds them there.
  if (scrapesItself(collector)) {
    return [];
  }
  const address = textAt(config, ...path, 'address') ?? '';
  const [host = ''] = /^.*(?=:\d+$)/.exec(address) ?? [];
  const readers = listAt(config, ...path, 'readers').map((reader) =>
    textAt(reader, 'pull', 'exporter', 'prometheus', 'host'),
  );
  const index = readers.findIndex((each) => each !== undefined && local.test(each));
  const problem = (at: readonly (string | number)[], bound: string, suggestion: string): PartProblem => ({
    path: at,
    message: `${title} offers its own metrics on ${bound}, where no other pod reads them`,
    suggestion,
  });
  return [
    ...(local.test(host) ? [problem([...path, 'address'], host, 'write: address: ${env:MY_POD_IP}:8888')] : []),
    ...(index < 0
      ? []
      : [
          problem(
            [...path, 'readers', index, 'pull', 'exporter', 'prometheus', 'host'],
            readers[index] ?? '',
            'write: host: ${env:MY_POD_IP}',
          ),
        ]),
  ];
}

const scrapesItself = ({ config, pipelines }: Collector): boolean =>
  pipelines.with('receivers', 'prometheus').length > 0 &&
  /(localhost|127\.0\.0\.1|0\.0\.0\.0):8888/.test(JSON.stringify(config['receivers'] ?? ''));
