import { parse, stringify } from 'yaml';
import { z } from 'zod';

const settings = z.record(z.string(), z.unknown());
const section = z.record(z.string(), settings).default({});
const ids = z.array(z.string());
const pipeline = z.strictObject({ receivers: ids, processors: ids, exporters: ids });
export const configuration = z.looseObject({
  receivers: section,
  processors: section,
  connectors: section,
  exporters: section,
  service: z.looseObject({ pipelines: z.record(z.string(), pipeline) }),
});

export type Configuration = z.output<typeof configuration>;
type Section = 'receivers' | 'processors' | 'connectors' | 'exporters';

/** What of a synthesized configuration cannot run here, one change each. All that is not named runs as it is. */
export type Adaption = (config: Configuration) => void;

/**
 * The configuration as the collector of this test bed can run it.
 *
 * @throws Error when an adaption does not find what it replaces: then the test would no longer test what is synthesized
 */
export function runnableConfiguration(text: string, adaptions: readonly Adaption[]): string {
  const config = configuration.parse(parse(text));
  for (const adapt of adaptions) adapt(config);
  return stringify(config);
}

/** No release of these receivers can be built at this version, and there is no kubelet to ask. */
export const withoutNodeMetrics: Adaption = (config) => {
  for (const id of ['hostmetrics', 'kubeletstats']) {
    setting(config, 'receivers', id, 'collection_interval');
    const fed = Object.values(config.service.pipelines).filter(({ receivers }) => receivers.includes(id));
    if (fed.length !== 1) throw new Error(`receiver ${id} feeds ${fed.length} pipelines rather than one`);
    delete config.receivers[id];
    for (const pipeline of fed) pipeline.receivers = pipeline.receivers.filter((receiver) => receiver !== id);
  }
};

/** The collector is no pod: a kubeconfig gives it the token and the address that a pod finds mounted. */
export const kubeconfigForToken: Adaption = (config) =>
  replace(config, 'processors', 'k8sattributes', 'auth_type', 'serviceAccount', 'kubeConfig');

/** Percentages are of the container's memory; here they would be of the machine's. */
export const memoryOfContainer =
  (limitMebibytes: number): Adaption =>
  (config) => {
    const part = (name: string) => Math.floor((limitMebibytes * z.number().parse(take(config, name))) / 100);
    const changed = { limit_mib: part('limit_percentage'), spike_limit_mib: part('spike_limit_percentage') };
    Object.assign(config.processors['memory_limiter'] ?? {}, changed);
  };

/** Half a minute of waiting for each look at the span metrics would be most of the test. */
export const frequentSpanMetrics: Adaption = (config) => {
  const ids = Object.keys(config.connectors).filter((id) => id.split('/', 1)[0] === 'spanmetrics');
  if (ids.length === 0) throw new Error('the synthesized configuration has no span metrics connector');
  for (const id of ids) replace(config, 'connectors', id, 'metrics_flush_interval', '30s', '1s');
};

/** Ten seconds, so that late spans still find their trace; here all of a trace come at once. */
export const quickSampling: Adaption = (config) =>
  replace(config, 'processors', 'tail_sampling', 'decision_wait', '10s', '1s');

/** The load-balancing exporter cannot be built at this version: plain OTLP to the one gateway that is named. */
export const oneGateway =
  (endpoint: string): Adaption =>
  (config) => {
    const protocol = z.object({ otlp: settings }).parse(setting(config, 'exporters', 'loadbalancing', 'protocol'));
    delete config.exporters['loadbalancing'];
    config.exporters['otlp/gateway'] = { ...protocol.otlp, endpoint };
    for (const pipeline of Object.values(config.service.pipelines)) {
      pipeline.exporters = pipeline.exporters.map((id) => (id === 'loadbalancing' ? 'otlp/gateway' : id));
    }
  };

function setting(config: Configuration, section: Section, id: string, key: string): unknown {
  const value = config[section][id]?.[key];
  if (value === undefined) throw new Error(`the synthesized configuration has no ${section}.${id}.${key}`);
  return value;
}

function replace(config: Configuration, section: Section, id: string, key: string, from: string, to: string): void {
  const value = setting(config, section, id, key);
  if (value !== from) throw new Error(`${section}.${id}.${key} is ${JSON.stringify(value)} rather than ${from}`);
  Object.assign(config[section][id] ?? {}, { [key]: to });
}

function take(config: Configuration, key: string): unknown {
  const value = setting(config, 'processors', 'memory_limiter', key);
  delete config.processors['memory_limiter']?.[key];
  return value;
}
