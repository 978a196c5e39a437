import { type Collector, componentType } from '../../model/collector/collector.ts';
import { type CollectorPipeline, pipelinesByReceiver } from '../../model/collector/collector-pipeline.ts';
import { listAt } from '../../model/value.ts';

/** A pipeline on a way, the one before it, and which of its exporters is followed next. */
interface Step {
  readonly pipeline: CollectorPipeline;
  readonly before: Step | undefined;
  next: number;
}

/**
 * Finds the span metrics connectors that spans reach from the OTLP receivers on, with the processors on the way: that
 * which is found first in depth. Each pipeline is passed once, however many ways lead there.
 */
export class ConnectorSearch {
  /** Ids of processors by connector. */
  readonly processors = new Map<string, readonly string[]>();
  private readonly passed = new Set<CollectorPipeline>();
  /** The first stands last, where it is taken away once it is passed. */
  private readonly consumers: ReadonlyMap<string, CollectorPipeline[]>;

  constructor(private readonly collector: Collector) {
    const traces = collector.pipelines.filter(({ signal }) => signal === 'traces');
    this.consumers = pipelinesByReceiver(traces.toReversed());
    for (const pipeline of traces) {
      if (pipeline.receivers.some((id) => componentType(id) === 'otlp')) {
        this.follow(pipeline);
      }
    }
  }

  private follow(first: CollectorPipeline): void {
    const open = this.step(first, undefined);
    while (open.length > 0) {
      const step = open.at(-1);
      const exporter = step?.pipeline.exporters[step.next];
      if (step === undefined || exporter === undefined) {
        open.pop();
        continue;
      }
      if (componentType(exporter) === 'spanmetrics' && !this.processors.has(exporter)) {
        this.processors.set(exporter, processorsOn(step));
      }
      const consumer = this.nextConsumer(exporter);
      if (consumer === undefined) {
        step.next += 1;
      } else {
        open.push(...this.step(consumer, step));
      }
    }
  }

  private step(pipeline: CollectorPipeline, before: Step | undefined): Step[] {
    if (this.passed.has(pipeline)) {
      return [];
    }
    this.passed.add(pipeline);
    return [{ pipeline, before, next: 0 }];
  }

  /** A pipeline behind a connector that no span has passed yet. */
  private nextConsumer(exporter: string): CollectorPipeline | undefined {
    const consumers = this.consumers.get(exporter) ?? [];
    // Of the branches of a routing connector every span takes one, and their labels are the same.
    const [branch] = listAt(this.collector.config, 'connectors', exporter, 'default_pipelines');
    if (branch !== undefined) {
      return consumers.find((pipeline) => pipeline.id === branch && !this.passed.has(pipeline));
    }
    for (let last = consumers.at(-1); last !== undefined; last = consumers.at(-1)) {
      if (!this.passed.has(last)) {
        return last;
      }
      consumers.pop();
    }
    return undefined;
  }
}

function processorsOn(last: Step): readonly string[] {
  const way: (readonly string[])[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.before) {
    way.push(step.pipeline.processors);
  }
  return way.reverse().flat();
}
