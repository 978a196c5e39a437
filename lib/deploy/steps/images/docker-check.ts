import { hostProblem, onHost } from '../../../provision/host.ts';
import { missingDockerfiles, refusedImages, serviceImages } from '../../../provision/image-builds.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { buildsImages } from '../../preflight/scope.ts';
import { isOlder, oldTool, parseVersion } from '../../preflight/tool-version.ts';

/** The oldest version that builds with BuildKit by default. */
const oldest = { major: 23, minor: 0 };

/** Checks that Docker runs on the host and that the Dockerfiles exist. */
export const dockerCheck: Check = {
  name: 'Docker and the Dockerfiles',
  needs: ['host'],
  isNeeded: buildsImages,
  async run({ context }) {
    const { config, host, runner } = context;
    const { folder = '' } = config.deploy.images;
    const images = serviceImages(config, folder);
    const command = onHost('docker', ['version', '--format', '{{.Server.Version}}']);
    const [result, missing] = await Promise.all([runner.run(command), missingDockerfiles(context, images)]);
    const wrong = [...refusedImages(config, images), ...missing];
    if (result.exitStatus !== 0) {
      return { problems: [await hostProblem(context, command, result), ...wrong] };
    }
    const version = parseVersion(result.stdout);
    const install = `on ${host ?? 'this machine'}: ${sh`curl -fsSL https://get.docker.com | sudo sh`}`;
    const old =
      version !== undefined && isOlder(version, oldest)
        ? [oldTool('docker', result.stdout.trim(), oldest, install)]
        : [];
    return { problems: [...old, ...wrong] };
  },
};
