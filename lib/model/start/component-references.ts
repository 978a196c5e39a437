import { groupBy } from '../../group-by.ts';
import { componentType } from '../../pipeline/component.ts';
import type { Pipeline } from '../../pipeline/pipelines.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { joinNames } from '../../text/list.ts';
import { listAt, mappingAt, type Path, textListAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { type ConfigSection, type PartProblem, pipelinePath } from '../collector/part.ts';

/** A collector may be started with several files, which it puts together: one of them is not its whole configuration. */
const isPart = ({ fromValues, namespace, labels }: Collector): boolean =>
  !fromValues && namespace === undefined && Object.keys(labels).length === 0;

/** What pipelines, the service and settings name that is not there, or leads in a circle. */
export const wrongReferences = (collector: Collector): PartProblem[] =>
  [
    ...collector.pipelines.all.flatMap((pipeline) => emptyParts(collector, pipeline)),
    ...undefinedParts(collector),
    ...undefinedExtensions(collector),
    ...wrongStorages(collector),
    ...openConnectors(collector),
    ...circles(collector),
  ].map((problem) => (isPart(collector) ? { ...problem, cannotTell: true } : problem));

const parts = ['receivers', 'processors', 'exporters'] as const;

const emptyParts = ({ title, config }: Collector, { id }: Pipeline): PartProblem[] =>
  (['receivers', 'exporters'] as const)
    .filter((part) => listAt(config, 'service', 'pipelines', id, part).length === 0)
    .map((part) => ({
      path: ['service', 'pipelines', id, part],
      message: `pipeline ${id} of ${title} has no ${part}: the collector does not start`,
      suggestion: `write its ${part}, or remove the pipeline`,
    }));

function undefinedParts(collector: Collector): PartProblem[] {
  const { title, config, pipelines } = collector;
  const uses = parts.flatMap((part) =>
    pipelines.all.flatMap((pipeline) =>
      pipeline[part]
        .filter((id) => !isDefined(config, part, id) && (part === 'processors' || !pipelines.isConnector(id)))
        .map((id) => ({ part, id, pipeline })),
    ),
  );
  return [...groupBy(uses, ({ part, id }) => `${part} ${id}`).values()].flatMap((group): PartProblem[] => {
    const [{ part, id, pipeline }] = group;
    if (isReportedElsewhere(collector, part, id)) {
      return [];
    }
    const other = parts.find((each) => each !== part && isDefined(config, each, id));
    const names = [...new Set(group.map((use) => use.pipeline.id))];
    return [
      {
        path: pipelinePath(pipeline.id, part, pipeline[part].indexOf(id)),
        message: `${names.length === 1 ? 'pipeline' : 'pipelines'} ${joinNames(names)} of ${title} ${names.length === 1 ? 'names' : 'name'} ${part.slice(0, -1)} ${id}, which is ${other === undefined ? 'not configured' : `configured among the ${other}`}: the collector does not start`,
        suggestion: definition(collector, part, id),
      },
    ];
  });
}

/** Samplers of the chart's gateway, and its exporter where nothing receives span metrics, have rules of their own. */
function isReportedElsewhere({ fromValues, pipelines }: Collector, part: ConfigSection, id: string): boolean {
  const isUnconsumed = spanMetricsConnectors(pipelines.all).some((each) => pipelines.consumersOf(each).length === 0);
  return fromValues && ((part === 'processors' && id === 'tail_sampling') || (part === 'exporters' && isUnconsumed));
}

/** Presets of the chart that bring a component which pipelines of others name. */
const presets: ReadonlyMap<string, string> = new Map([
  ['batch', 'batch'],
  ['coralogix', 'coralogixExporter'],
  ['loadbalancing', 'loadBalancing'],
  ['k8sattributes', 'kubernetesAttributes'],
  ['resource/metadata', 'metadata'],
  ['otlp', 'otlpReceiver'],
  ['spanmetrics', 'spanMetrics'],
]);

function definition({ config, fromValues }: Collector, part: ConfigSection, id: string): string {
  const preset = fromValues ? presets.get(id) : undefined;
  if (preset !== undefined) {
    return `write below its presets: ${preset}: { enabled: true }`;
  }
  const known = [part, ...(part === 'processors' ? [] : ['connectors'])].flatMap((section) =>
    Object.keys(mappingAt(config, section)),
  );
  const meant = didYouMean(id, known);
  return meant === undefined ? `configure ${part}.${id}, or remove ${id}` : `write: ${meant}`;
}

/** The collector knows several components under two names, but compares ids as they are written. */
const isDefined = (config: unknown, section: ConfigSection, id: string): boolean =>
  Object.hasOwn(mappingAt(config, section), id.trim());

function undefinedExtensions({ title, config, rendered }: Collector): PartProblem[] {
  // What the chart itself names there it configures as well, where the values do not take it away.
  const isJudged = (id: string) =>
    rendered === undefined ||
    [
      ['service', 'extensions'],
      ['extensions', id],
    ].some((path) => rendered.values.isWritten('config', ...path));
  return textListAt(config, 'service', 'extensions').flatMap((id, index): PartProblem[] =>
    isDefined(config, 'extensions', id) || !isJudged(id) || isOfFargate(rendered, id)
      ? []
      : [
          {
            path: ['service', 'extensions', index],
            message: `the service of ${title} names extension ${id}, which is not configured: the collector does not start`,
            suggestion: `configure extensions.${id}, or remove ${id}`,
          },
        ],
  );
}

/** The chart configures it where it watches the pods of Fargate. */
const isOfFargate = (rendered: Collector['rendered'], id: string): boolean =>
  id === 'k8s_observer' && rendered?.values.distribution === 'eks/fargate';

/** Settings that name an extension. */
const references: readonly (readonly [readonly ConfigSection[], Path])[] = [
  [['exporters'], ['sending_queue', 'storage']],
  [
    ['exporters', 'receivers'],
    ['auth', 'authenticator'],
  ],
  [['receivers'], ['storage']],
];

function wrongStorages({ title, config, pipelines }: Collector): PartProblem[] {
  const started = new Set(textListAt(config, 'service', 'extensions'));
  const used = new Set(pipelines.all.flatMap(({ receivers, exporters }) => [...receivers, ...exporters]));
  return references.flatMap(([sections, path]) =>
    sections.flatMap((section) =>
      Object.entries(mappingAt(config, section)).flatMap(([id, settings]): PartProblem[] => {
        const extension = valueAt(settings, ...path);
        if (typeof extension !== 'string' || started.has(extension) || !used.has(id) || /\$\{/.test(extension)) {
          return [];
        }
        const isConfigured = isDefined(config, 'extensions', extension);
        return [
          {
            path: [section, id, ...path],
            message: `${id} of ${title} needs extension ${extension}, which ${isConfigured ? 'service.extensions does not name' : 'is not configured'}: the collector does not start`,
            suggestion: isConfigured
              ? `add ${extension} to service.extensions`
              : `configure extensions.${extension}, and add it to service.extensions`,
          },
        ];
      }),
    ),
  );
}

/** Those of span metrics without a consumer are the business of another rule. */
function openConnectors({ pipelines, title }: Collector): PartProblem[] {
  const open = pipelines
    .openConnectors()
    .filter(({ id, lacks }) => !(componentType(id) === 'spanmetrics' && lacks === 'consumer'));
  return [...groupBy(open, ({ lacks }) => lacks).values()].map((group) => {
    const [{ id, lacks }] = group;
    const names = joinNames(group.map((each) => each.id));
    const [is, missing] = lacks === 'consumer' ? ['receives', 'receivers'] : ['exports to', 'exporters'];
    return {
      path: ['connectors', id],
      message: `no pipeline ${is} ${names} of ${title}, which ${group.length === 1 ? 'is' : 'are'} used at the other end: the collector does not start`,
      suggestion: `add ${names} to the ${missing} of a pipeline`,
    };
  });
}

/** The first pipeline that a connector leads back to. */
function circles({ pipelines, title }: Collector): PartProblem[] {
  const next = (pipeline: Pipeline) =>
    pipeline.exporters
      .filter((id) => pipelines.isConnector(id))
      .map((id) => ({ id, consumers: pipelines.consumersOf(id) }));
  const leadsTo = (target: Pipeline, from: readonly Pipeline[]): boolean => {
    const seen = new Set(from);
    for (const each of seen) {
      for (const consumer of next(each).flatMap(({ consumers }) => consumers)) {
        seen.add(consumer);
      }
    }
    return seen.has(target);
  };
  for (const start of pipelines.all) {
    const back = next(start).find(({ consumers }) => leadsTo(start, consumers));
    if (back !== undefined) {
      return [
        {
          path: pipelinePath(start.id, 'exporters', start.exporters.indexOf(back.id)),
          message: `${back.id} leads pipeline ${start.id} of ${title} back to itself: the collector does not start`,
          suggestion: `take ${back.id} out of the exporters of ${start.id}`,
        },
      ];
    }
  }
  return [];
}
