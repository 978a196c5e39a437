import type { App } from 'cdk8s';
import { Construct } from 'constructs';

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
