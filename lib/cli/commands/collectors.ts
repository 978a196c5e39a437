import { loadConfig } from '../../config/load-config.ts';
import { inventoryOf } from '../../inventory/inventory.ts';
import { inventoryJson } from '../../inventory/json.ts';
import { inventoryMermaid } from '../../inventory/render-mermaid.ts';
import { inventoryText } from '../../inventory/render-text.ts';
import { type ChosenModelOptions, readChosenModel } from '../model-input.ts';
import { print } from '../printer.ts';

const formats = { text: inventoryText, json: inventoryJson, mermaid: inventoryMermaid };

export interface CollectorsOptions extends ChosenModelOptions {
  readonly format: keyof typeof formats;
  /** Configuration of the system, for its namespaces. */
  readonly config?: readonly string[];
}

/** `podhost collectors`: what each collector of the input will do. */
export function collectorsCommand(paths: readonly string[], options: CollectorsOptions): void {
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  const model = readChosenModel(paths, options, config);
  print(formats[options.format](inventoryOf(model)));
}
