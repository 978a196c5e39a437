import type { Collector } from '../../model/collector/collector.ts';
import { type ConfigSection, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { componentType } from '../../pipeline/component.ts';
import { mappingAt, textAt, textListAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const noUnusedComponent: Rule = {
  id: 'no-unused-component',
  severity: 'warning',
  documentation: {
    summary: 'Reports a component that is configured and that no pipeline uses.',
    why: 'A processor, an exporter or a connector works only in the pipelines that name it, an extension only when the service does. One that is left out is a sign of a step that was forgotten: k8sattributes that enriches nothing, a filter that drops nothing. The collector starts without a word about it.',
    remediation: 'Name it where it is meant to work, or remove it.',
    example: `service:
  pipelines:
    traces:
      processors: [memory_limiter, k8sattributes, batch]`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#service'],
  },
  check: (model) =>
    problemsOfCollectors(model, (collector) => (isOfChart(model, collector) ? [] : problemsOf(collector))),
};

/** Components that do no harm where they wait, or that have rules of their own. */
const idle = new Set(['debug', 'nop', 'logging', 'memory_ballast', 'pprof', 'zpages', 'health_check', 'healthcheckv2']);

/** The chart renders components for presets that are off; what values configure by hand is judged in the values. */
const isOfChart = (model: Model, collector: Collector): boolean =>
  textAt(collectorWorkload(model, collector)?.manifest.value, 'metadata', 'labels', 'helm.sh/chart') !== undefined;

const sections: readonly ConfigSection[] = ['receivers', 'processors', 'connectors', 'exporters', 'extensions'];

function problemsOf(collector: Collector): PartProblem[] {
  const { config, rendered, title } = collector;
  const used = usedIn(collector);
  return sections.flatMap((section) =>
    Object.entries(mappingAt(config, section))
      .filter(
        ([id, settings]) =>
          settings !== undefined &&
          !used.has(`${section} ${id}`) &&
          !idle.has(componentType(id)) &&
          // Receivers of the chart wait for pipelines that presets switch on; the profiles have a gate of their own.
          !/profil/.test(id) &&
          (rendered === undefined ? section !== 'receivers' || id === 'otlp' : isWritten(collector, section, id)),
      )
      .map(([id]) => ({
        path: [section, id],
        message: `${section.slice(0, -1)} ${id} of ${title} is configured, and ${section === 'extensions' ? 'service.extensions does not name it' : 'no pipeline uses it'}`,
        suggestion:
          section === 'extensions'
            ? `add ${id} to service.extensions, or remove it`
            : `add ${id} to the ${section === 'connectors' ? 'exporters' : section} of a pipeline, or remove it`,
      })),
  );
}

const isWritten = ({ rendered }: Collector, section: ConfigSection, id: string): boolean =>
  rendered?.values.isWritten('config', section, id) === true &&
  Object.keys(mappingAt(rendered.values.written, 'config', section, id)).length > 0;

/** ConfigSection and id of every component that something names. */
function usedIn({ config, pipelines }: Collector): ReadonlySet<string> {
  const ids = new Set([
    ...pipelines.all.flatMap(({ receivers, exporters }) => [...receivers, ...exporters]),
    ...textListAt(config, 'service', 'extensions'),
  ]);
  const processors = pipelines.all.flatMap((pipeline) => pipeline.processors.map((id) => `processors ${id}`));
  const others = sections.flatMap((section) => [...ids].map((id) => `${section} ${id}`));
  const referred = Object.values(mappingAt(config, 'exporters')).flatMap(
    (settings) => textAt(settings, 'sending_queue', 'storage') ?? [],
  );
  return new Set([...processors, ...others, ...referred.map((id) => `extensions ${id}`)]);
}
