import { run } from '../parts/process.ts';

const folder = 'build-e2e';

/** The command as it is installed, which starts in half the time that its sources take. */
export const builtPodhost = `${folder}/lib/cli/podhost.js`;

/** Compiles it, in a folder of the tests' own: `npm run build` empties its folder first. */
export async function buildPodhost(): Promise<void> {
  const incremental = ['--incremental', '--tsBuildInfoFile', `${folder}/.tsbuildinfo`];
  const { exitCode, stdout } = await run('npx', [
    'tsc',
    '--project',
    'tsconfig.build.json',
    '--outDir',
    folder,
    ...incremental,
  ]);
  if (exitCode !== 0) throw new Error(`tsc: exit status ${exitCode}\n${stdout}`);
}
