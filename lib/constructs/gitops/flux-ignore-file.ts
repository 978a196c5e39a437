import { generatedHeader } from '../../files/generated-mark.ts';
import { ExtraFile } from '../extra-file.ts';

/**
 * Keeps values files out of what Flux fetches: it takes every YAML file of a folder, and of those below, for manifests.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#sourceignore-file
 */
export class FluxIgnoreFile extends ExtraFile {
  readonly path = '.sourceignore';

  render(): string {
    return `${generatedHeader}helm/\n`;
  }
}
