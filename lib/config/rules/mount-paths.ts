import { posix } from 'node:path';
import { withoutTrailing } from '../../text/linear-time.ts';
import { quoted } from '../../text/quoted.ts';
import type { Finding } from '../finding.ts';
import type { Located } from '../reading/located.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { hasSource, hasTemporaryFolder, type SystemPart, servicesWith } from './system-parts.ts';

/** Folders of the image that a volume would empty; a folder inside them may be the application's own. */
const imageFolders = ['', '/bin', '/boot', '/lib', '/lib64', '/run', '/sbin', '/usr', '/var', '/var/run'];

/** Folders in which the kernel, the container runtime and the kubelet keep files of their own. */
const systemFolders = ['/dev', '/etc', '/proc', '/run/secrets', '/sys', '/var/run/secrets'];

/** Where programs look for configuration, secrets and certificates: what is mounted there is meant to be. */
const ownFolders = ['/etc', '/run/secrets', '/var/run/secrets'];

const isBelow = (folder: string, above: readonly string[]): boolean =>
  foldersAbove(folder).some((other) => above.includes(other));

/** Shared memory: a volume is the usual way to more of it. */
const sharedMemory = '/dev/shm';

/** Longest path, and longest name in it, of Linux. */
const limits = { path: 4095, name: 255 };

/** One folder holds one volume, and a volume hides what the image has there. */
const validMountPath: ConfigRule = {
  id: 'valid-mount-path',
  *check({ system }) {
    for (const service of servicesWith(system, 'volumes')) {
      const volumes = service.part.get('volumes').items();
      const paths = volumes.map((volume) => volume.get('mountPath'));
      const writable = volumes.filter((volume) => !hasSource(volume)).map((volume) => volume.get('mountPath'));
      yield* repeated(service, paths.filter(isReadable));
      // A file of a ConfigMap inside of a writable folder is common.
      yield* nested(service, writable.filter(isReadable));
      const hasTmp = hasTemporaryFolder(system, service.part);
      for (const volume of volumes) {
        const path = volume.get('mountPath');
        yield* isReadable(path) ? unusable(path, volume, hasTmp) : [tooLong(path)];
      }
    }
  },
};

function* repeated({ title }: SystemPart, paths: readonly Located[]): Iterable<Finding> {
  for (const { value, text, first } of repeats(paths, folderOf)) {
    yield value.finding(
      `${title} mounts a volume at ${text} in line ${first.place.line} already`,
      'write: another folder',
    );
  }
}

function* nested({ title }: SystemPart, paths: readonly Located[]): Iterable<Finding> {
  const byFolder = new Map(paths.map((path) => [folderOf(path.text() ?? ''), path] as const));
  for (const path of paths) {
    const folder = folderOf(path.text() ?? '');
    const [around] = foldersAbove(folder).flatMap((above) => byFolder.get(above) ?? []);
    if (around !== undefined) {
      yield path.finding(
        `${title} mounts a volume at ${folder}, inside of the volume at ${folderOf(around.text() ?? '')} (line ${around.place.line})`,
        'write: a folder beside it',
      );
    }
  }
}

const isReadable = (path: Located): boolean => {
  const written = path.text() ?? '';
  return (
    Buffer.byteLength(written) <= limits.path &&
    written.split('/').every((name) => Buffer.byteLength(name) <= limits.name)
  );
};

const tooLong = (path: Located): Finding =>
  path.finding(`a path has at most ${limits.path} bytes, and each name in it ${limits.name}`, 'write: /app/data');

function* unusable(path: Located, volume: Located, hasTmp: boolean): Iterable<Finding> {
  const written = path.text();
  if (written === undefined) {
    return;
  }
  const isFile = volume.get('subPath').kind !== 'absent';
  const folder = folderOf(written);
  const around = [folder, ...foldersAbove(folder)];
  if (written.split('/').includes('..')) {
    yield path.finding(
      `the path ${quoted(written)} of a volume has a step upwards`,
      'write: the path without steps upwards',
    );
  } else if (hasTmp && folder === '/tmp') {
    yield path.finding('/tmp is writable in every hardened container already', 'remove the volume');
  } else if (hasTmp && around.includes('/tmp')) {
    yield path.finding(
      `${folder} is inside of /tmp, which is a volume of every hardened container`,
      'write: /app/data',
    );
  } else if (
    !isFile &&
    (imageFolders.includes(folder) ||
      (around.some((above) => systemFolders.includes(above)) &&
        !around.includes(sharedMemory) &&
        !(hasSource(volume) && isBelow(folder, ownFolders))))
  ) {
    yield path.finding(`a volume at ${folder || '/'} hides what the container needs there`, 'write: /app/data');
  }
}

/** The path as the container runtime reads it, without a final slash; the root is empty. */
const folderOf = (path: string): string => withoutTrailing(posix.normalize(path), '/');

/** `/a/b` and `/a` of `/a/b/c`, the nearest first. */
function foldersAbove(folder: string): string[] {
  const found: string[] = [];
  for (let end = folder.lastIndexOf('/'); end > 0; end = folder.lastIndexOf('/', end - 1)) {
    found.push(folder.slice(0, end));
  }
  return found;
}

export const mountPathRules: readonly ConfigRule[] = [validMountPath];
