import { Construct } from 'constructs';

/** A file of the output that is no manifest, e.g. Helm values. Never directly in the output: kubectl reads all there. */
export abstract class ExtraFile extends Construct {
  /** Path below the output folder, `/` between its parts. */
  abstract readonly path: string;

  /** The whole file. It begins with `generatedHeader`: without it a later run takes the file for one that it did not write. */
  abstract render(): string;
}
