import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { sh } from '../../text/shell.ts';
import { hostText } from '../host-answer.ts';
import { hostScript } from '../on-host.ts';
import type { ServiceImage } from './builds.ts';

/** Services whose Dockerfile is not on the host. */
export async function missingDockerfiles(
  context: DeployContext,
  images: readonly ServiceImage[],
): Promise<readonly Problem[]> {
  const files = [...new Set(images.map(({ dockerfile }) => dockerfile))];
  const look = hostScript(sh`for file; do test -f "$file" || printf "%s\\n" "$file"; done`, files);
  const missing = new Set((await hostText(context, look)).split('\n'));
  return images
    .filter(({ dockerfile }) => missing.has(dockerfile))
    .map(({ service, dockerfile }) => ({
      code: 'deploy/no-dockerfile',
      message: `${dockerfile}, from which the image of ${service} is built, is not on ${context.host ?? 'this machine'}`,
      suggestion: `copy the application there, or write its path below deploy.images.folder: dockerfiles: { ${service}: PATH }`,
    }));
}
