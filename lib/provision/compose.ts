import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import { answerOf } from '../run/kube/read.ts';
import { sh } from '../text/shell.ts';
import { hostScript, hostText, onHost } from './host.ts';

/** A container of a Docker Compose project that runs. */
export interface ComposeContainer {
  readonly name: string;
  /** Ports of the host that it holds; undefined when it shares the host's network, so that this cannot be told. */
  readonly hostPorts: readonly number[] | undefined;
}

const listed = z.object({ Names: z.string(), Ports: z.string().default(''), Networks: z.string().default('') });

/** The containers of the project that run; none where there is no Docker. */
export async function composeContainers(context: DeployContext, project: string): Promise<ComposeContainer[]> {
  const look = sh`command -v docker > /dev/null || exit 0; exec docker ps --filter "label=com.docker.compose.project=$1" --format "{{json .}}"`;
  const command = hostScript(look, [project]);
  const printed = await hostText(context, command);
  return printed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => answerOf(command, line, listed))
    .map(({ Names, Ports, Networks }) => ({
      name: Names,
      hostPorts: Networks === 'host' ? undefined : publishedPorts(Ports),
    }));
}

/** From a text such as `0.0.0.0:80->8020/tcp, [::]:80->8020/tcp, 0.0.0.0:3000-3001->3000-3001/tcp, 5432/tcp`. */
export function publishedPorts(text: string): number[] {
  const ranges = [...text.matchAll(/:(\d+)(?:-(\d+))?->/g)];
  const ports = ranges.flatMap(([, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
  );
  return [...new Set(ports)];
}

/** Which stopped containers Docker starts again with itself, e.g. when the host does; none where it does not say. */
export async function returningContainers({ runner }: DeployContext, names: readonly string[]): Promise<string[]> {
  const { stdout } = await runner.run(
    onHost('docker', ['inspect', '--format={{.HostConfig.RestartPolicy.Name}}', ...names]),
  );
  const policies = stdout.split('\n');
  return names.filter((_, index) => policies[index] === 'always');
}
