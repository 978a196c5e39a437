import type { DeployContext } from '../run/context.ts';
import { onHost } from './on-host.ts';

/** Which stopped containers Docker starts again with itself, e.g. when the host does; none where it does not say. */
export async function returningContainers({ runner }: DeployContext, names: readonly string[]): Promise<string[]> {
  const { stdout } = await runner.run(
    onHost('docker', ['inspect', '--format={{.HostConfig.RestartPolicy.Name}}', ...names]),
  );
  const policies = stdout.split('\n');
  return names.filter((_, index) => policies[index] === 'always');
}
