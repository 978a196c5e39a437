import { z } from 'zod';
import type { DeployContext } from '../run/context.ts';
import { answerOf } from '../run/kube/read.ts';
import { sh } from '../text/shell.ts';
import { hostScript, hostText, onHost } from './host.ts';

/** A running container of a Docker Compose project. */
export interface ComposeContainer {
  readonly name: string;
  /** Host ports that it uses; undefined on the host network, where they are unknown. */
  readonly hostPorts: readonly number[] | undefined;
}

const listed = z.object({ Names: z.string(), Ports: z.string().default(''), Networks: z.string().default('') });

/** The running containers of the project; empty when Docker is not installed. */
export async function composeContainers(context: DeployContext, project: string): Promise<ComposeContainer[]> {
  const script = sh`command -v docker > /dev/null || exit 0; exec docker ps --filter "label=com.docker.compose.project=$1" --format "{{json .}}"`;
  const command = hostScript(script, [project]);
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

/** Parses a text such as `0.0.0.0:80->8020/tcp, [::]:80->8020/tcp, 0.0.0.0:3000-3001->3000-3001/tcp, 5432/tcp`. */
export function publishedPorts(text: string): number[] {
  const ranges = [...text.matchAll(/:(\d+)(?:-(\d+))?->/g)];
  const ports = ranges.flatMap(([, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
  );
  return [...new Set(ports)];
}

/** The containers that Docker starts again with the host; empty when that is unknown. */
export async function returningContainers({ runner }: DeployContext, names: readonly string[]): Promise<string[]> {
  const { stdout } = await runner.run(
    onHost('docker', ['inspect', '--format={{.HostConfig.RestartPolicy.Name}}', ...names]),
  );
  const policies = stdout.split('\n');
  return names.filter((_, index) => policies[index] === 'always');
}
