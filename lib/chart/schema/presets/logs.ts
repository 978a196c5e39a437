import { integer, type Keys, keys, list, listOf, mapOf, mappings, switched, text, texts, toggle } from '../shape.ts';

const multiline = keys(
  { lineStartPattern: text, lineEndPattern: text, omitPattern: toggle },
  { exactlyOne: ['lineStartPattern', 'lineEndPattern'] },
);

/** Presets for logs of containers, hosts and programs. */
export const logPresets: Keys = {
  logsCollection: switched({
    includeCollectorLogs: toggle,
    forceFlushPeriod: text,
    storeCheckpoints: toggle,
    maxRecombineLogSize: integer,
    maxBatchSize: integer,
    maxUnmatchedBatchSize: integer,
    extraFilelogOperators: list,
    multilineConfigs: mappings,
    reduceLogAttributes: switched({ denylist: texts }),
  }),
  filelogMulti: switched({
    receivers: listOf(
      keys(
        {
          name: text,
          include: texts,
          exclude: texts,
          forceFlushPeriod: text,
          startAt: text,
          multiline,
          applicationName: text,
          subsystemName: text,
          applicationNameAttribute: text,
          subsystemNameAttribute: text,
          extraOperators: mappings,
        },
        { required: ['name', 'include'] },
      ),
    ),
  }),
  ecsLogsCollection: switched({ forceFlushPeriod: text, multiline }),
  ecsAttributesContainerLogs: switched({ profilesServiceName: switched() }),
  macosSystemLogs: switched({ dynamicSubsystemName: toggle, includePaths: texts }),
  journaldReceiver: switched({
    dynamicSubsystemName: toggle,
    directory: text,
    units: texts,
    matches: listOf(mapOf(text)),
  }),
  windowsEventLog: switched({ channels: texts }),
  iisLogs: switched({ storeCheckpoints: toggle, include: texts, storagePath: text }),
};
