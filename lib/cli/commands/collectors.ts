import { loadConfig } from '../../config/load-config.ts';
import { inventoryOf } from '../../inventory/inventory.ts';
import { inventoryJson } from '../../inventory/json.ts';
import { inventoryMermaid } from '../../inventory/render-mermaid.ts';
import { inventoryText } from '../../inventory/render-text.ts';
import { readModel } from '../../model/read-model.ts';
import { renderingProps } from '../chart-renderer.ts';
import { chosenModel } from '../installation-choice.ts';
import { builtSourcesOf, modelNames, reportAssumed, versionOf } from '../model-input.ts';
import type { HelmOptions } from '../options.ts';
import { print } from '../printer.ts';
import { fromWorkingFolder } from '../working-folder.ts';

const formats = { text: inventoryText, json: inventoryJson, mermaid: inventoryMermaid };

export interface CollectorsOptions extends HelmOptions {
  readonly format: keyof typeof formats;
  /** Files that are values whatever they look like. */
  readonly values: readonly string[];
  readonly chartVersion?: string;
  /** Values file, object or release of the installation that is meant, where several are read. */
  readonly installation?: string;
  /** Configuration of the system, for its namespaces. */
  readonly config?: readonly string[];
}

/** `podhost collectors`: what each collector of the input will do. */
export function collectorsCommand(paths: readonly string[], options: CollectorsOptions): void {
  const valuesFiles = options.values.map(fromWorkingFolder);
  const sources = builtSourcesOf(paths, valuesFiles);
  const names = options.config === undefined ? {} : modelNames(loadConfig(options.config));
  const all = readModel(sources, {
    valuesFiles,
    areLayers: true,
    ...renderingProps(options),
    ...versionOf(options),
    ...names,
  });
  const model = chosenModel(all, options.installation);
  reportAssumed(model);
  print(formats[options.format](inventoryOf(model)));
}
