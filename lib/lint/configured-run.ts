import { type ConfigFiles, configFiles } from '../config/config-files.ts';
import { loadConfig } from '../config/load-config.ts';
import { readConfigText } from '../config/reading/parse-document.ts';
import type { ForecastConfig } from '../config/schema/forecast.ts';
import { type TemplatePaths, templatePathsOf } from '../kubernetes/pod-template.ts';
import { parseDocuments } from '../yaml/documents.ts';
import { valueAt } from '../yaml/value.ts';
import { assertKnownRules } from './known-rule.ts';
import type { ReleaseTarget } from './render/chart.ts';
import { describedRules } from './rules/index.ts';
import type { LintSettings } from './settings.ts';

/** Settings of a run from a system's configuration. */
export interface ConfiguredRun {
  readonly settings: LintSettings;
  /** Namespace of the application. */
  readonly namespace: string;
  /** The collector's Helm release. */
  readonly release: ReleaseTarget;
  /** The traffic, and the series that it may make. */
  readonly forecast: ForecastConfig;
  /** Where custom kinds have their pod template. */
  readonly templatePaths: TemplatePaths;
}

/** @throws PodhostError with every problem of the file, or with every rule in it that does not exist */
export function configuredRun(files: ConfigFiles): ConfiguredRun {
  const { namespace, collector, lint, forecast, instrument } = loadConfig(files);
  const documents = configFiles(files).flatMap((file) => {
    const read = readConfigText(file);
    return 'text' in read ? parseDocuments(file, read.text).documents : [];
  });
  // The last file that has the rule decides.
  const placeOf = (id: string) =>
    documents
      .findLast(({ value }) => valueAt(value, 'lint', 'rules', id) !== undefined)
      ?.place(['lint', 'rules', id], 'key');
  assertKnownRules(Object.keys(lint.rules), describedRules, placeOf);
  const release = { name: collector.release, namespace: collector.namespace };
  return { settings: lint, namespace, release, forecast, templatePaths: templatePathsOf(instrument.templates) };
}
