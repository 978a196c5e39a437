import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { z } from 'zod';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Command, CommandResult } from './command/command.ts';
import type { DeployContext } from './context.ts';
import { answerOf, commandProblem } from './kube/read.ts';

/** The fields of a Lease that are used here. */
export const leaseSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), resourceVersion: z.string() }),
  spec: z
    .looseObject({
      holderIdentity: z.string().optional(),
      leaseDurationSeconds: z.number().optional(),
      acquireTime: z.string().optional(),
      renewTime: z.string().optional(),
    })
    .default({}),
});

export type LeaseRecord = z.output<typeof leaseSchema>;

export interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
}

export const leaseNamespace = 'default';

/** The Lease of a system. */
export const leaseName = (system: string): string => `podhost-${system}`;

/**
 * The Lease as JSON. With a resource version the server rejects it when the Lease has changed since; without one it is
 * created.
 *
 * @see https://kubernetes.io/docs/concepts/architecture/leases/
 */
export const leaseObject = (name: string, spec: LeaseSpec, resourceVersion?: string): string =>
  JSON.stringify({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: leaseNamespace, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    spec,
  });

/** A time in the format of a Lease, with microseconds. */
export const microTime = (date: Date): string => date.toISOString().replace('Z', '000Z');

/** Time at which the Lease expires unless it is renewed; undefined when it has no holder. */
export function expiry({ spec }: LeaseRecord): Date | undefined {
  const { holderIdentity, renewTime, leaseDurationSeconds = 0 } = spec;
  if (holderIdentity === undefined || holderIdentity === '' || renewTime === undefined) {
    return undefined;
  }
  return new Date(Date.parse(renewTime) + leaseDurationSeconds * 1_000);
}

/** Time limit of one request. */
const timeoutSeconds = 20;

/** Result of a write: the new Lease, or a conflict with another writer. */
export type Written = { readonly record: LeaseRecord } | { readonly conflict: true };

/** Reads and writes one Lease, also after Ctrl-C, because it must be released then. */
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
   * @param resourceVersion the expected version; undefined when the Lease must not exist
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

/** Identifies the process that holds a Lease. */
export interface Holder {
  /** Unique for each process, and readable. */
  readonly identity: string;
  /** Whether an identity belongs to a process of this machine that has ended and will not renew its Lease. */
  hasEnded(identity: string): boolean;
}

/** Longer identities are those of no podhost. */
const maximumIdentity = 1000;

/** This process. */
export function thisProcess(): Holder {
  const place = `${hostname()} ${machineIdentity()}`;
  return {
    identity: `${userName()}, process ${process.pid} on ${place} since ${startOf(process.pid) ?? Date.now()}`,
    hasEnded: (identity) => {
      const [, pid, where, start] =
        /, process (\d+) on (.*) since (\S+)$/.exec(identity.slice(0, maximumIdentity)) ?? [];
      // Process numbers are reused, so the start time identifies the process.
      return pid !== undefined && where === place && startOf(Number(pid)) !== start;
    },
  };
}

/** Distinguishes machines, and containers of one machine, with the same host name. */
function machineIdentity(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return `${boot}/${readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')}`;
  } catch {
    return '-';
  }
}

/** Start time of a process in ticks since boot; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The process name may contain spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'somebody';
  }
}
