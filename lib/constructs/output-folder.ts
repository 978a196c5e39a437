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
