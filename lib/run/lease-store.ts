import { PodhostError } from '../problems/podhost-error.ts';
import type { Command, CommandResult } from './command/command.ts';
import type { DeployContext } from './context.ts';
import { commandProblem } from './kube/command-problem.ts';
import { answerOf } from './kube/read.ts';
import { type LeaseRecord, type LeaseSpec, leaseNamespace, leaseObject, leaseSchema } from './lease-record.ts';

/** How long the server may take to answer: a run that waits for it does nothing else. */
const timeoutSeconds = 20;

/** What became of a write: it stands, or somebody else was first. */
export type Written = { readonly record: LeaseRecord } | { readonly conflict: true };

/** Reads and writes one Lease, also after Ctrl-C: it must be given back then. */
export class LeaseStore {
  readonly name: string;
  private readonly context: DeployContext;

  constructor(context: DeployContext, name: string) {
    this.context = context;
    this.name = name;
  }

  /** @throws PodhostError when the cluster does not answer */
  async read(): Promise<LeaseRecord | undefined> {
    const command = this.context.kubectl([
      ...['get', 'lease', this.name, `--namespace=${leaseNamespace}`, '--ignore-not-found', '--output=json'],
    ]);
    const result = await this.run(command);
    if (result.exitStatus !== 0) {
      throw new PodhostError([commandProblem(command, result)], 3);
    }
    return result.stdout.trim() === '' ? undefined : answerOf(command, result.stdout, leaseSchema);
  }

  /**
   * @param resourceVersion what it must still be; without one it must not be there
   * @throws PodhostError when the cluster does not answer
   */
  async write(spec: LeaseSpec, resourceVersion: string | undefined): Promise<Written> {
    const verb = resourceVersion === undefined ? 'create' : 'replace';
    const command = this.context.kubectl([verb, '--filename=-', '--output=json'], {
      input: { text: leaseObject(this.name, spec, resourceVersion) },
    });
    const result = await this.run(command);
    if (result.exitStatus === 0) {
      return { record: answerOf(command, result.stdout, leaseSchema) };
    }
    if (/\((AlreadyExists|Conflict|NotFound)\)/.test(result.stderr)) {
      return { conflict: true };
    }
    throw new PodhostError([commandProblem(command, result)], 3);
  }

  private run(command: Command): Promise<CommandResult> {
    return this.context.runner.run({ ...command, timeoutSeconds }, { always: true });
  }
}
