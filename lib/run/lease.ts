import { setTimeout as sleep } from 'node:timers/promises';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { DeployContext } from './context.ts';
import type { Holder } from './lease-store.ts';
import {
  expiry,
  type LeaseRecord,
  type LeaseSpec,
  LeaseStore,
  leaseName,
  leaseNamespace,
  microTime,
} from './lease-store.ts';
import { refuseWhenStopped } from './problems.ts';

export interface LeaseProps {
  readonly holder: Holder;
  /** Called when another run has taken the Lease over. */
  readonly onLost: () => void;
  /**
   * Lease duration. The Lease is renewed after a third of it.
   *
   * @default 60
   */
  readonly durationSeconds?: number;
}

/** Ensures that only one run works on a system at a time. The API server decides by resource versions. */
export class Lease {
  private readonly store: LeaseStore;
  private readonly signal: AbortSignal;
  private readonly props: Required<LeaseProps>;
  private held: { record: LeaseRecord; readonly acquireTime: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private renewal: Promise<void> = Promise.resolve();

  constructor(context: DeployContext, { durationSeconds = 60, ...props }: LeaseProps) {
    this.store = new LeaseStore(context, leaseName(context.config.name));
    this.signal = context.signal;
    this.props = { durationSeconds, ...props };
  }

  get isHeld(): boolean {
    return this.held !== undefined;
  }

  /**
   * Acquires the Lease and renews it until it is released.
   *
   * @throws PodhostError when another run holds it, or the cluster does not answer
   */
  async acquire(): Promise<void> {
    const existing = await this.store.read();
    if (existing !== undefined && (await this.isTaken(existing))) {
      throw new PodhostError([takenProblem(existing, this.store.name)], 3);
    }
    const acquireTime = microTime(new Date());
    const written = await this.store.write(this.spec(acquireTime), existing?.metadata.resourceVersion);
    if ('conflict' in written) {
      throw new PodhostError([takenProblem(await this.store.read(), this.store.name)], 3);
    }
    this.held = { record: written.record, acquireTime };
    const renew = () => {
      this.renewal = this.renewal.then(() => this.renew());
    };
    this.timer = setInterval(renew, (this.props.durationSeconds * 1_000) / 3);
    this.timer.unref();
  }

  /** Releases the Lease. Returns the reason when that fails; the Lease then expires. */
  async release(): Promise<string | undefined> {
    clearInterval(this.timer);
    await this.renewal;
    const { held } = this;
    if (held === undefined) {
      return undefined;
    }
    this.held = undefined;
    try {
      const written = await this.store.write({}, held.record.metadata.resourceVersion);
      if ('record' in written) {
        return undefined;
      }
      // The response of a renewal may have been lost: the version then differs, but this run still holds the Lease.
      const own = await this.own();
      const again = own && (await this.store.write({}, own.metadata.resourceVersion));
      return again !== undefined && 'record' in again ? undefined : 'another run has taken the Lease over';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private async renew(): Promise<void> {
    const { held } = this;
    if (held === undefined) {
      return;
    }
    try {
      const written = await this.store.write(this.spec(held.acquireTime), held.record.metadata.resourceVersion);
      if ('record' in written) {
        held.record = written.record;
        return;
      }
      // A lost response causes a conflict too; the Lease then still names this run as its holder.
      const own = await this.own();
      if (own !== undefined) {
        held.record = own;
        return;
      }
      this.held = undefined;
      clearInterval(this.timer);
      this.props.onLost();
    } catch {
      // The cluster does not answer. The run fails by itself, or the next renewal succeeds.
    }
  }

  /** The current Lease when this run holds it. */
  private async own(): Promise<LeaseRecord | undefined> {
    const now = await this.store.read();
    return now?.spec.holderIdentity === this.props.holder.identity ? now : undefined;
  }

  private spec(acquireTime: string): LeaseSpec {
    const { holder, durationSeconds } = this.props;
    return {
      holderIdentity: holder.identity,
      leaseDurationSeconds: Math.ceil(durationSeconds),
      acquireTime,
      renewTime: microTime(new Date()),
    };
  }

  private async isTaken(record: LeaseRecord): Promise<boolean> {
    const until = expiry(record);
    if (until === undefined || this.props.holder.hasEnded(record.spec.holderIdentity ?? '')) {
      return false;
    }
    return until.getTime() >= Date.now() || (await this.isRenewed(record));
  }

  /** Whether the holder still renews the Lease; its clock may be behind the clock of this machine. */
  private async isRenewed({ metadata, spec }: LeaseRecord): Promise<boolean> {
    const waitSeconds = Math.min(spec.leaseDurationSeconds ?? 0, this.props.durationSeconds) / 3 + 1;
    await sleep(waitSeconds * 1_000, undefined, { signal: this.signal }).catch(() => {});
    // After an interrupted wait it is not known whether the holder is active.
    refuseWhenStopped({ signal: this.signal });
    return (await this.store.read())?.metadata.resourceVersion !== metadata.resourceVersion;
  }
}

const takenProblem = (record: LeaseRecord | undefined, name: string): Problem => ({
  code: 'deploy/already-running',
  message: `another run works on this system: ${record?.spec.holderIdentity ?? 'it has just started'}, since ${record?.spec.acquireTime ?? 'now'}`,
  suggestion: `wait until it has ended; if its machine no longer exists, the Lease ${name} in the namespace ${leaseNamespace} expires by itself`,
});
