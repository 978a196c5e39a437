import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, pipelinePath, problemsOfCollectors } from '../../model/collector/part.ts';
import { sendsToCoralogix } from '../../model/path/coralogix-exporter.ts';
import { componentType } from '../../pipeline/component.ts';
import { isMapping, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const validResourceCatalog: Rule = {
  id: 'valid-resource-catalog',
  severity: 'error',
  documentation: {
    summary: 'Reports resources of the cluster that are exported without what the resource catalog knows them by.',
    why: 'Kubernetes objects reach the resource catalog as logs with the header `x-coralogix-ingress: metadata-as-otlp-logs/v1`. Without it they are ordinary logs: they cost quota, the catalog stays empty, and the links from a service to its workload lead nowhere.',
    remediation: 'Export the pipeline by an exporter of its own that has the header for logs.',
    example: `exporters:
  coralogix/resource_catalog:
    logs:
      headers:
        x-coralogix-ingress: metadata-as-otlp-logs/v1`,
    see: ['https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/README.md'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

const header = 'x-coralogix-ingress';
const wanted = 'metadata-as-otlp-logs/v1';

const isCatalog = (id: string): boolean => /resource_?catalog/.test(id);

function problemsOf(collector: Collector): PartProblem[] {
  if (!sendsToCoralogix(collector)) {
    return [];
  }
  return [...onAgents(collector), ...withoutHeader(collector)];
}

/** Objects that every agent reads arrive once for each node. */
const onAgents = ({ pipelines, onEveryNode, fromValues, title }: Collector): PartProblem[] =>
  onEveryNode && !fromValues
    ? pipelines.of('logs').flatMap(({ id, receivers }) =>
        receivers.flatMap((receiver, index) =>
          componentType(receiver) === 'k8sobjects'
            ? [
                {
                  path: pipelinePath(id, 'receivers', index),
                  message: `${receiver} runs on every node in ${title}, and each pod sends all objects of the cluster`,
                  suggestion: `move pipeline ${id} to a collector of one pod`,
                },
              ]
            : [],
        ),
      )
    : [];

function withoutHeader(collector: Collector): PartProblem[] {
  const { pipelines, config, title } = collector;
  return pipelines
    .of('logs')
    .filter(({ id, receivers }) => isCatalog(id) || receivers.some(isCatalog))
    .flatMap((pipeline) =>
      pipeline.exporters
        .filter(
          (id) =>
            componentType(id) === 'coralogix' ||
            /coralogix|cx498/.test(textAt(config, 'exporters', id, 'endpoint') ?? ''),
        )
        .flatMap((id): PartProblem[] => {
          const settings = valueAt(config, 'exporters', id);
          const found = ['logs', 'domain_settings', ''].flatMap((key) => {
            const path = [...(key === '' ? [] : [key]), 'headers'];
            const headers = mappingAt(settings, ...path);
            const name = Object.keys(headers).find((each) => each.toLowerCase() === header);
            return name === undefined ? [] : [{ path: [...path, name], value: textAt(headers, name) }];
          })[0];
          // The chart gives its own exporter the header.
          const isOfChart = collector.fromValues && isCatalog(id) && found === undefined;
          if (!isMapping(settings) || found?.value === wanted || isOfChart) {
            return [];
          }
          return [
            {
              path:
                found === undefined
                  ? isCatalog(id)
                    ? ['exporters', id]
                    : pipelinePath(pipeline.id, 'exporters', pipeline.exporters.indexOf(id))
                  : ['exporters', id, ...found.path],
              message:
                found === undefined
                  ? `${id} of ${title} sends pipeline ${pipeline.id} without the header ${header}, and the resource catalog does not take it`
                  : `${id} of ${title} sends pipeline ${pipeline.id} with ${header}: ${found.value}, and the resource catalog takes ${wanted}`,
              suggestion: `write below exporters.${isCatalog(id) ? id : 'coralogix/resource_catalog'}: logs: { headers: { ${header}: ${wanted} } }`,
            },
          ];
        }),
    );
}
