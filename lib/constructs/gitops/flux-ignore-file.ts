import { ExtraFile } from '../../synth/extra-file.ts';
import { generatedHeader } from '../../synth/generated-mark.ts';

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
