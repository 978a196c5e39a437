import { integer, type Keys, keys, listOf, mapOf, mapping, number, oneOf, switched, text, toggle } from '../shape.ts';

const pipeline = oneOf('all', 'logs', 'metrics', 'traces', 'profiles', 'none');
const sizer = oneOf('bytes', 'requests', 'items');
const sendingQueue = switched({
  numConsumers: integer,
  sizer,
  queueSize: integer,
  batch: keys({ flushTimeout: text, minSize: integer, maxSize: integer, sizer }),
  waitForResult: toggle,
  blockOnOverflow: toggle,
});
const endpoint = keys(
  { enabled: toggle, name: text, domain: text, privateKey: text },
  { required: ['enabled', 'domain', 'privateKey'] },
);

/** Presets for what leaves the collector. */
export const exporterPresets: Keys = {
  coralogixExporter: switched({
    pipelines: listOf(pipeline),
    privateKey: text,
    domain: text,
    version: text,
    defaultApplicationName: text,
    defaultSubsystemName: text,
    additionalEndpoints: listOf(endpoint),
    sendingQueue,
    keepalive: switched({ time: text, timeout: text, permit_without_stream: toggle }),
    pipeline,
    retryOnFailure: keys({
      enabled: toggle,
      initialInterval: text,
      maxInterval: text,
      maxElapsedTime: text,
      multiplier: number,
    }),
  }),
  coralogixResourceCatalogExporter: keys({ sendingQueue }),
  otlpExporter: switched({ pipelines: listOf(pipeline), endpoint: text, headers: mapOf(text), tls: mapping }),
  batch: switched({ sendBatchSize: integer, sendBatchMaxSize: integer, timeout: text }),
  otlpReceiver: switched({ maxRecvMsgSizeMiB: integer }),
};
