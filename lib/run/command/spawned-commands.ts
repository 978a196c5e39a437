import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { maskSecrets } from '../../secrets/mask-secrets.ts';
import type { Command, CommandResult, CommandRunner, RunOptions } from './command.ts';
import { pipeChain } from './command.ts';
import type { CommandLog } from './command-log.ts';
import type { SecretMask } from './secret-mask.ts';
import { type SpawnedEnd, type SpawnedProcess, type SpawnOptions, spawnProcess } from './spawned-process.ts';

export interface SpawnedCommandsProps {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  /** Hides the secrets that the configuration names; commands do not inherit them either. */
  readonly mask: SecretMask;
  readonly log: CommandLog;
  /**
   * The same command, run over ssh.
   *
   * @default - the host is this machine
   */
  readonly wrapForHost?: (command: Command) => Command;
  /**
   * Time between SIGTERM and SIGKILL for a command that is stopped.
   *
   * @default 30000
   */
  readonly graceMilliseconds?: number;
}

/** Runs commands as processes of this machine. */
export class SpawnedCommands implements CommandRunner {
  private readonly props: SpawnedCommandsProps;

  constructor(props: SpawnedCommandsProps) {
    this.props = props;
  }

  async run(command: Command, { onLine, always = false }: RunOptions = {}): Promise<CommandResult> {
    const { signal, mask, log, graceMilliseconds = 30_000 } = this.props;
    const started = performance.now();
    if (signal.aborted && !always) {
      return { exitStatus: undefined, stdout: '', stderr: 'not run: the run was stopped', milliseconds: 0 };
    }
    const chain = pipeChain(command).map((part) => this.start(part, part === command));
    connect(chain);
    if (onLine !== undefined) {
      listen(chain, (line) => onLine(maskSecrets(mask.hide(line))));
    }
    let reason: string | undefined;
    const stop = (why: string) => {
      reason ??= why;
      for (const part of chain) {
        part.stop(graceMilliseconds);
      }
    };
    const seconds = command.timeoutSeconds ?? 60;
    const timer = setTimeout(() => stop(`it took longer than ${seconds} s`), seconds * 1_000);
    const interrupt = () => stop('it was stopped');
    if (!always) {
      signal.addEventListener('abort', interrupt);
    }
    const ends = await Promise.all(chain.map(({ ended }) => ended));
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
    const result = {
      exitStatus: reason === undefined ? statusOf(ends) : undefined,
      stdout: mask.hide(ends.at(-1)?.stdout ?? ''),
      stderr: shown(mask, ends, reason),
      milliseconds: Math.round(performance.now() - started),
    };
    log.write(command, result);
    return result;
  }

  private start(part: Command, keepOutput: boolean): SpawnedProcess {
    const { wrapForHost, mask, environment } = this.props;
    const command = part.on === 'host' && wrapForHost !== undefined ? wrapForHost(part) : part;
    return spawnProcess(command, { environment: mask.without(environment), input: this.inputOf(part), keepOutput });
  }

  private inputOf({ input }: Command): SpawnOptions['input'] {
    if (input === undefined) {
      return 'nothing';
    }
    if ('from' in input) {
      return 'pipe';
    }
    return 'secrets' in input ? { text: this.props.mask.lines(input.secrets) } : input;
  }
}

function connect(chain: readonly SpawnedProcess[]): void {
  for (const [index, source] of chain.slice(0, -1).entries()) {
    const target = chain[index + 1];
    if (source.stdout && target?.stdin) {
      // A broken pipe shows in the exit status of its command.
      void pipeline(source.stdout, target.stdin).catch(() => {});
    }
  }
}

function listen(chain: readonly SpawnedProcess[], onLine: (line: string) => void): void {
  const printed = chain.at(-1)?.stdout;
  if (printed) {
    createInterface({ input: printed }).on('line', onLine);
  }
}

/** The exit status of the last command that failed, as with `pipefail` of a shell. */
function statusOf(ends: readonly SpawnedEnd[]): number | undefined {
  const failed = ends.findLast(({ exitStatus }) => exitStatus !== 0);
  return failed === undefined ? 0 : failed.exitStatus;
}

function shown(mask: SecretMask, ends: readonly SpawnedEnd[], reason: string | undefined): string {
  const texts = ends.flatMap(({ stderr, refusal, signal }) => [
    stderr.trimEnd(),
    refusal ?? '',
    reason === undefined && signal !== undefined ? `it was ended by ${signal}` : '',
  ]);
  const all = [...texts, reason ?? ''].filter((text) => text !== '').join('\n');
  return maskSecrets(mask.hide(all));
}
