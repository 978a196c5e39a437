import {
  choiceOf,
  integerShape,
  type Keys,
  keys,
  listOf,
  mapOf,
  mapping,
  number,
  switched,
  textShape,
  toggle,
} from '../shape.ts';

const pipeline = choiceOf('all', 'logs', 'metrics', 'traces', 'profiles', 'none');
const sizer = choiceOf('bytes', 'requests', 'items');
const sendingQueue = switched({
  numConsumers: integerShape,
  sizer,
  queueSize: integerShape,
  batch: keys({ flushTimeout: textShape, minSize: integerShape, maxSize: integerShape, sizer }),
  waitForResult: toggle,
  blockOnOverflow: toggle,
});
const endpoint = keys(
  { enabled: toggle, name: textShape, domain: textShape, privateKey: textShape },
  { required: ['enabled', 'domain', 'privateKey'] },
);

/** Presets for what leaves the collector. */
export const exporterPresetKeys: Keys = {
  coralogixExporter: switched({
    pipelines: listOf(pipeline),
    privateKey: textShape,
    domain: textShape,
    version: textShape,
    defaultApplicationName: textShape,
    defaultSubsystemName: textShape,
    additionalEndpoints: listOf(endpoint),
    sendingQueue,
    keepalive: switched({ time: textShape, timeout: textShape, permit_without_stream: toggle }),
    pipeline,
    retryOnFailure: keys({
      enabled: toggle,
      initialInterval: textShape,
      maxInterval: textShape,
      maxElapsedTime: textShape,
      multiplier: number,
    }),
  }),
  coralogixResourceCatalogExporter: keys({ sendingQueue }),
  otlpExporter: switched({ pipelines: listOf(pipeline), endpoint: textShape, headers: mapOf(textShape), tls: mapping }),
  batch: switched({ sendBatchSize: integerShape, sendBatchMaxSize: integerShape, timeout: textShape }),
  otlpReceiver: switched({ maxRecvMsgSizeMiB: integerShape }),
};
