import type { DeployContext } from '../../run/context.ts';
import { hostText } from '../host-answer.ts';
import { onHost } from '../on-host.ts';
import { fullReference } from './full-reference.ts';

/** The id that docker has for each image, by full reference. */
export async function dockerImages(context: DeployContext): Promise<ReadonlyMap<string, string>> {
  const format = '{{.Repository}}:{{.Tag}} {{.ID}}';
  const printed = await hostText(context, onHost('docker', ['image', 'ls', '--no-trunc', '--format', format]));
  const lines = printed.split('\n').filter((line) => line !== '' && !line.includes('<none>'));
  return new Map(
    lines.map((line) => {
      const [image = '', id = ''] = line.split(' ');
      return [fullReference(image), id];
    }),
  );
}

/** Whether a registry has confirmed to docker the image that has this id. */
export async function isPushed(context: DeployContext, image: string, id: string): Promise<boolean> {
  const look = onHost('docker', ['image', 'inspect', '--format', '{{.Id}} {{json .RepoDigests}}', image]);
  const { exitStatus, stdout } = await context.runner.run(look);
  const repository = image.replace(/:[^:/]+$/, '');
  return exitStatus === 0 && stdout.startsWith(`${id} `) && stdout.includes(`"${repository}@sha256:`);
}
