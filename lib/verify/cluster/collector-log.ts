import { visibleLine } from '../../text/visible.ts';

/** What a collector complains of, in words. */
export interface LoggedError {
  /** A clause without a full stop. */
  readonly message: string;
  /** What mends it; undefined where the message alone does not show. */
  readonly remedy: string | undefined;
}

type Known = readonly [
  pattern: RegExp,
  message: (match: RegExpExecArray) => string,
  remedy?: (match: RegExpExecArray) => string,
];

const privateKey =
  'put the Send-Your-Data key of your team and region into the Secret that the collector reads, then restart it';

/** A rejected key does not recover by itself. */
const rejectedKeys: readonly Known[] = [
  [/code = Unauthenticated/, () => 'Coralogix does not accept the private key', () => privateKey],
  [/code = PermissionDenied/, () => 'Coralogix refuses the private key', () => privateKey],
];

/** Errors that a person would search for, the most specific first. */
const knownErrors: readonly Known[] = [
  [
    /duplicate dimension name "?([\w.-]+)"?/,
    ([, name]) => `duplicate dimension ${name}`,
    ([, name]) =>
      `remove ${name} from the dimensions of the span metrics: it is there already, in the chart's values by the chart itself`,
  ],
  [
    /references? (\w+) "([^"]+)" which is not configured/,
    ([, kind, id]) => `a pipeline names ${kind} ${id}, which is not configured`,
    ([, kind, id]) => `configure ${kind} ${id}, or remove it from the pipeline`,
  ],
  [
    /connector "([^"]+)" used as (\w+) in \[([^\]]+)\] pipeline but not used in any supported (\w+)/,
    ([, id, , pipeline]) => `connector ${id} of pipeline ${pipeline} has no other end`,
    ([, id, , , other]) => `name connector ${id} in a pipeline as ${other}, or remove it`,
  ],
  [
    /unknown type: "([^"]+)"/,
    ([, type]) => `this distribution has no component ${type}`,
    ([, type]) => `use a distribution of the collector that has ${type}`,
  ],
  [
    /has invalid keys: ([^\n"]+)/,
    ([, keys]) => `its configuration has unknown keys: ${keys}`,
    ([, keys]) => `remove ${keys} from its configuration`,
  ],
  [
    /bind: address already in use/,
    () => 'a port that it listens on is already in use on its node',
    () => 'stop what else listens there, such as a second collector on the network of the node',
  ],
  [
    /\w+ is forbidden: User "?\\?"?system:serviceaccount:([^":\\]+):([^"\\]+)\\?"? cannot (\w+) resource \\?"(\w+)/,
    ([, namespace, account, verb, resource]) =>
      `ServiceAccount ${namespace}/${account} has no permission to ${verb} ${resource}`,
    ([, , account, verb, resource]) =>
      `allow ${verb} of ${resource} in the ClusterRole that is bound to ServiceAccount ${account}`,
  ],
  ...rejectedKeys,
  [
    /lookup (\S+?)(?: on \S+)?: no such host/,
    ([, host]) => `the name ${host} cannot be resolved`,
    ([, host]) => `compare ${host} with the domain of your team, and let the nodes resolve it`,
  ],
  [/connection refused/, () => 'its exporter is refused a connection'],
  [/context deadline exceeded|DeadlineExceeded/, () => 'its exporter gets no answer in time'],
  [/certificate (?:signed by unknown authority|is not valid|has expired)[^"\n]*/, ([text]) => text],
  [/sending queue is full|queue is full/, () => 'its sending queue is full'],
  [
    /data refused due to high memory usage/,
    () => 'it refuses data because its memory limit is reached',
    () => 'raise the memory limit of the collector, or send it less',
  ],
];

/** What the last lines of a collector's log complain about; undefined where they do not. */
export function errorInLog(log: string): LoggedError | undefined {
  const lines = errorLines(log);
  const last = lines.filter((line) => /\berror\b|\bfatal\b|\bpanic\b/i.test(line)).at(-1);
  return (
    firstOf(knownErrors, lines) ??
    (last === undefined ? undefined : { message: visibleLine(last.trim().slice(0, 300)), remedy: undefined })
  );
}

/** Whether a log shows that Coralogix rejects the key, and how to replace it. */
export const rejectedKeyInLog = (log: string): LoggedError | undefined => firstOf(rejectedKeys, errorLines(log));

const errorLines = (log: string): string[] =>
  log.split('\n').filter((line) => /\berror\b|\bfatal\b|\bpanic\b|\bwarn\b|cannot|failed|forbidden/i.test(line));

function firstOf(known: readonly Known[], lines: readonly string[]): LoggedError | undefined {
  const text = lines.slice(-40).join('\n');
  for (const [pattern, message, remedy] of known) {
    const match = pattern.exec(text);
    if (match !== null) {
      return {
        message: visibleLine(message(match)),
        remedy: remedy === undefined ? undefined : visibleLine(remedy(match)),
      };
    }
  }
  return undefined;
}
