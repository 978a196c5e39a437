import type { Place } from '../problems/problem.ts';
import type { SourceDocument } from '../yaml/source-document.ts';
import type { Path } from '../yaml/value.ts';
import { isMapping, textAt, valueAt } from '../yaml/value.ts';
import type { ComponentSection, Draft } from './draft.ts';

/** Where values say something about a part of the configuration that the chart makes of them. */
export class ValuesPlace {
  constructor(
    private readonly document: SourceDocument,
    /** Where the sub-chart's values stand. */
    private readonly root: Path,
    private readonly draft: Draft,
  ) {}

  /** The part itself where it is configured by hand, else the preset that brings it, else the sub-chart. */
  of(path: Path): Place {
    const [section, id, pipeline, part, index] = path;
    if (section === undefined || id === undefined) {
      return this.place([]);
    }
    if (section === 'service') {
      if (id !== 'pipelines' && this.says('config', section, id)) {
        return this.place(['config', ...path]);
      }
      return pipeline === undefined ? this.place([]) : this.ofPipeline(String(pipeline), part, index);
    }
    const byHand = ['config', 'extraConfig'].find((key) => this.says(key, section, id));
    const preset = this.draft.originOf(String(section), String(id));
    if (byHand !== undefined) {
      return this.place([byHand, ...path]);
    }
    return preset === undefined ? this.place([]) : this.ofPreset(preset, path);
  }

  private ofPipeline(pipeline: string, part: Path[number] | undefined, index: Path[number] | undefined): Place {
    const path = ['service', 'pipelines', pipeline, ...(part === undefined ? [] : [part])];
    if (this.says('config', ...path)) {
      return this.place(['config', ...path, ...(index === undefined ? [] : [index])]);
    }
    if (isPart(part) && typeof index === 'number') {
      const id = this.draft.ids(pipeline, part)[index];
      const section = [part, 'connectors'].find(
        (name) => id !== undefined && this.draft.originOf(name, id) !== undefined,
      );
      return section === undefined || id === undefined ? this.place([]) : this.of([section, id]);
    }
    return this.place([]);
  }

  private ofPreset(preset: string, [section, id, ...rest]: Path): Place {
    const key = preset === 'targetAllocator' ? [preset] : ['presets', preset];
    const numbered = rest.findIndex((step) => typeof step === 'number');
    const named = numbered < 0 ? rest : rest.slice(0, numbered);
    const renamed = names[[section, id, ...named].join(' ')];
    const path = renamed === undefined ? key : [...key, renamed, ...rest.slice(named.length)];
    return this.place(this.says(...key) ? path : []);
  }

  private says(...path: Path): boolean {
    return valueAt(this.document.value, ...this.root, ...path) !== undefined;
  }

  /** As much of a path as there is: the value of a scalar, else the key. */
  private place(path: Path): Place {
    const wanted = [...this.root, ...path];
    const missing = wanted.findIndex(
      (_, index) => valueAt(this.document.value, ...wanted.slice(0, index + 1)) === undefined,
    );
    const there = missing < 0 ? wanted : wanted.slice(0, missing);
    const isText = textAt(this.document.value, ...there) !== undefined || isMapping(this.document.value) === false;
    return this.document.place(there, isText ? 'value' : 'key');
  }
}

/** Names that a setting has in its preset. */
const names: Readonly<Record<string, string>> = {
  'connectors spanmetrics dimensions': 'extraDimensions',
  'connectors spanmetrics histogram': 'histogramBuckets',
  'connectors spanmetrics aggregation_cardinality_limit': 'aggregationCardinalityLimit',
  'exporters coralogix retry_on_failure enabled': 'retryOnFailure',
  'exporters coralogix retry_on_failure max_elapsed_time': 'retryOnFailure',
  'exporters coralogix sending_queue enabled': 'sendingQueue',
  'exporters coralogix sending_queue queue_size': 'sendingQueue',
  'exporters loadbalancing resolver dns hostname': 'hostname',
  'exporters loadbalancing routing_key': 'routingKey',
  'processors transform/reduce metric_statements': 'denylist',
  'processors transform/reduce trace_statements': 'denylist',
  'processors transform/span_name trace_statements': 'spanNameReplacePattern',
  'processors transform/spanmetrics trace_statements': 'transformStatements',
};

const isPart = (part: unknown): part is ComponentSection =>
  part === 'receivers' || part === 'processors' || part === 'exporters';
