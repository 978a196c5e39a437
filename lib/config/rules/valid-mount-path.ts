import { withoutTrailing } from '../../text/without-trailing.ts';
import type { Rule } from './rule.ts';
import { servicesOf } from './support/parts.ts';
import { repeats } from './support/repeats.ts';

const systemPaths = ['', '/proc', '/sys', '/dev', '/etc', '/bin', '/usr', '/lib'];

/** One folder holds one volume, and a volume hides what the image has there. */
export const validMountPath: Rule = {
  id: 'valid-mount-path',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
      const paths = part
        .get('volumes')
        .items()
        .map((volume) => volume.get('mountPath'));
      for (const { value, text, first } of repeats(paths, withoutSlash)) {
        yield value.finding(
          `${title} mounts a volume at ${text} in line ${first.place.line} already`,
          'write: another folder',
        );
      }
      for (const path of paths) {
        const text = path.text() ?? '/tmp/x';
        if (withoutSlash(text) === '/tmp') {
          yield path.finding('/tmp is writable in every container already', 'remove the volume');
        } else if (systemPaths.includes(withoutSlash(text))) {
          yield path.finding(`a volume at ${text} hides what the container needs there`, 'write: /app/data');
        }
      }
    }
  },
};

const withoutSlash = (path: string): string => withoutTrailing(path, '/');
