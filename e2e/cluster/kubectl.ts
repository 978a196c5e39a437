import { type Finished, run } from '../parts/process.ts';

/** Turns parsed JSON into a typed value or throws; a zod schema is one. */
export interface Shape<T> {
  parse(value: unknown): T;
}

export interface KubectlOptions {
  readonly input?: string;
  readonly timeoutMilliseconds?: number;
}

export interface Kubectl {
  /** Runs kubectl; a failure is in the answer. */
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<Finished>;
  /** Runs kubectl with `-o json` and reads what it prints; a failure is thrown. */
  kubectlJson<T>(args: readonly string[], shape: Shape<T>): Promise<T>;
}

export function createKubectl(command: string, kubeconfig: string, cache: string): Kubectl {
  const env = { KUBECONFIG: kubeconfig, KUBECACHEDIR: cache };
  const kubectl: Kubectl['kubectl'] = (args, options) => run(command, args, { env, ...options });
  return {
    kubectl,
    async kubectlJson(args, shape) {
      return shape.parse(JSON.parse(await succeed(kubectl, [...args, '-o', 'json'])));
    },
  };
}

/** Runs kubectl where a failure is not an expected answer; returns what it printed. */
export async function succeed(
  kubectl: Kubectl['kubectl'],
  args: readonly string[],
  options?: KubectlOptions,
): Promise<string> {
  const { stdout, stderr, exitCode } = await kubectl(args, options);
  if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: exit status ${exitCode}\n${stderr}${stdout}`);
  return stdout;
}
