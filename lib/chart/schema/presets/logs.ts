import {
  integerShape,
  type Keys,
  keys,
  list,
  listOf,
  mapOf,
  mappings,
  switched,
  textShape,
  texts,
  toggle,
} from '../shape.ts';

const multiline = keys(
  { lineStartPattern: textShape, lineEndPattern: textShape, omitPattern: toggle },
  { exactlyOne: ['lineStartPattern', 'lineEndPattern'] },
);

/** Presets for logs of containers, hosts and programs. */
export const logPresetKeys: Keys = {
  logsCollection: switched({
    includeCollectorLogs: toggle,
    forceFlushPeriod: textShape,
    storeCheckpoints: toggle,
    maxRecombineLogSize: integerShape,
    maxBatchSize: integerShape,
    maxUnmatchedBatchSize: integerShape,
    extraFilelogOperators: list,
    multilineConfigs: mappings,
    reduceLogAttributes: switched({ denylist: texts }),
  }),
  filelogMulti: switched({
    receivers: listOf(
      keys(
        {
          name: textShape,
          include: texts,
          exclude: texts,
          forceFlushPeriod: textShape,
          startAt: textShape,
          multiline,
          applicationName: textShape,
          subsystemName: textShape,
          applicationNameAttribute: textShape,
          subsystemNameAttribute: textShape,
          extraOperators: mappings,
        },
        { required: ['name', 'include'] },
      ),
    ),
  }),
  ecsLogsCollection: switched({ forceFlushPeriod: textShape, multiline }),
  ecsAttributesContainerLogs: switched({ profilesServiceName: switched() }),
  macosSystemLogs: switched({ dynamicSubsystemName: toggle, includePaths: texts }),
  journaldReceiver: switched({
    dynamicSubsystemName: toggle,
    directory: textShape,
    units: texts,
    matches: listOf(mapOf(textShape)),
  }),
  windowsEventLog: switched({ channels: texts }),
  iisLogs: switched({ storeCheckpoints: toggle, include: texts, storagePath: textShape }),
};
