import { operand } from '../text/shell.ts';

/** The files of a configuration: one, or several that are merged, each above those before it. */
export type ConfigFiles = string | readonly string[];

/** The files as a list. */
export const configFiles = (files: ConfigFiles): readonly string[] => (typeof files === 'string' ? [files] : files);

/** The files as words of a command. */
export const configFlags = (files: ConfigFiles): string[] =>
  configFiles(files).flatMap((file) => ['--config', operand(file)]);

/** The files in a message. */
export const configName = (files: ConfigFiles): string => configFiles(files).join(' and ');
