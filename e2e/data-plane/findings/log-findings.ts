import { z } from 'zod';
import type { CollectorProcess } from '../collector-process.ts';

const forbidden = /User \\?"system:serviceaccount:[^:]+:([^"\\]+)\\?" cannot (\w+) resource \\?"([^"\\]+)\\?"/;
const entry = z.object({ level: z.string(), msg: z.string(), error: z.string().optional() });

/** What a collector complains of: rights that it lacks, and everything that it logs as an error. */
export function logFindings(collectors: readonly CollectorProcess[]): string[] {
  const findings = collectors.flatMap((collector) => {
    const where = `collector on ${collector.pod.spec.nodeName}`;
    return collector
      .log()
      .split('\n')
      .flatMap((line) => complaint(where, line));
  });
  return [...new Set(findings)];
}

function complaint(where: string, line: string): string[] {
  const [, account, verb, resource] = forbidden.exec(line) ?? [];
  if (account !== undefined) return [`${where} may not ${verb} ${resource}: ClusterRole ${account} has no such rule`];
  if (!line.startsWith('{')) return [];
  const { level, msg, error } = entry.parse(JSON.parse(line));
  return ['error', 'fatal', 'panic'].includes(level)
    ? [`${where}: ${msg}${error === undefined ? '' : `: ${error}`}`]
    : [];
}
