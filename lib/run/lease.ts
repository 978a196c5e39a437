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
  /** Is told when another run has taken over. */
  readonly onLost: () => void;
  /**
   * How long it is held without being renewed.
   *
   * @default 60
   */
  readonly durationSeconds?: number;
}

/** Lets one run at a time work on a system. The server decides, by resource versions. */
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
   * Takes it, and renews it from then on.
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

  /** Gives it back. Returns why that was not possible; it then expires. */
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
      // A renewal whose answer was lost has made it another version, and it is this run's all the same.
      const own = await this.own();
      const again = own && (await this.store.write({}, own.metadata.resourceVersion));
      return again !== undefined && 'record' in again ? undefined : 'another run has taken it over';
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
      // An answer that was lost on its way looks the same; the Lease itself then says that this run wrote it.
      const own = await this.own();
      if (own !== undefined) {
        held.record = own;
        return;
      }
      this.held = undefined;
      clearInterval(this.timer);
      this.props.onLost();
    } catch {
      // The cluster does not answer: the run fails by itself, or the next renewal succeeds.
    }
  }

  /** What the server has, when this run wrote it. */
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

  /** The clock of its holder may be behind this one: only when it stays as it is, nobody renews it. */
  private async isRenewed({ metadata, spec }: LeaseRecord): Promise<boolean> {
    const patience = Math.min(spec.leaseDurationSeconds ?? 0, this.props.durationSeconds) / 3 + 1;
    await sleep(patience * 1_000, undefined, { signal: this.signal }).catch(() => {});
    // A wait that was cut short proves nothing: its holder may be at work.
    refuseWhenStopped({ signal: this.signal });
    return (await this.store.read())?.metadata.resourceVersion !== metadata.resourceVersion;
  }
}

const takenProblem = (record: LeaseRecord | undefined, name: string): Problem => ({
  code: 'deploy/already-running',
  message: `another run works on this system: ${record?.spec.holderIdentity ?? 'it has just begun'}, since ${record?.spec.acquireTime ?? 'now'}`,
  suggestion: `wait until it has ended; should its machine be gone, the Lease ${name} in the namespace ${leaseNamespace} expires by itself`,
});
