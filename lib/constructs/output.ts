import type { App } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * A folder below the output folder. Charts in it are written there, where `kubectl apply -f dist` does not read them.
 */
export class OutputFolder extends Construct {
  /** @param path path below the output folder, `/` between its parts */
  constructor(
    scope: Construct,
    id: string,
    readonly path: string,
  ) {
    super(scope, id);
  }

  /** Path of the folder that a construct's files belong to; empty for the output folder itself. */
  static pathOf(construct: Construct): string {
    const folder = construct.node.scopes.findLast((scope) => scope instanceof OutputFolder);
    return folder instanceof OutputFolder ? folder.path : '';
  }
}

/** A construct that owns the files that its app is written to. */
export abstract class OutputOwner extends Construct {
  /** Name that its files are listed under. */
  abstract readonly systemName: string;

  /** Name of the system that an app is; of several, all names. Undefined when the app has none. */
  static nameOf(app: App): string | undefined {
    const names = app.node
      .findAll()
      .filter((construct) => construct instanceof OutputOwner)
      .map(({ systemName }) => systemName);
    return names.length === 0 ? undefined : [...new Set(names)].sort().join('+');
  }
}

/** A file of the output that is no manifest, e.g. Helm values. Never directly in the output: kubectl reads all there. */
export abstract class ExtraFile extends Construct {
  /** Path below the output folder, `/` between its parts. */
  abstract readonly path: string;

  /** The whole file. It begins with `generatedHeader`: without it a later run takes the file for one that it did not write. */
  abstract render(): string;
}
