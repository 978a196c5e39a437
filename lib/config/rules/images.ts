import { quoted } from '../../text/quoted.ts';
import { isImageId, maximumPathLength, parseImage, repositoryPath } from '../image-reference.ts';
import type { ConfigRule } from './rule.ts';
import { effective, servicesSetting } from './system-parts.ts';

/** An image that was imported into the node by hand exists in no registry, so pulling it fails. */
const noAlwaysPullOfLocalImage: ConfigRule = {
  id: 'no-always-pull-of-local-image',
  *check({ system }) {
    for (const { part, title } of servicesSetting(system, 'imagePullPolicy')) {
      const policy = effective(system, part, 'imagePullPolicy');
      const image = part.get('image');
      const parsed = parseImage(image.text() ?? '');
      const isFloating = parsed?.digest === undefined && (parsed?.tag ?? 'latest') === 'latest';
      if (policy.text() !== 'Always' || parsed === undefined || parsed.host !== undefined || !isFloating) {
        continue;
      }
      const own = part.get('imagePullPolicy').kind !== 'absent';
      const message = `${title} would pull ${image.text()} from Docker Hub at every start, because imagePullPolicy is Always`;
      yield own
        ? policy.finding(message, 'write: IfNotPresent, or name the registry in image')
        : image.finding(
            `${message} (serviceDefaults, line ${policy.place.line})`,
            `write: imagePullPolicy: IfNotPresent beside it, or docker.io/${parsed.name.includes('/') ? '' : 'library/'}${image.text()}`,
          );
    }
  },
};

/** A reference that no container runtime accepts leaves the pod in InvalidImageName. */
const validImage: ConfigRule = {
  id: 'valid-image',
  *check({ system }) {
    for (const part of [...system.get('services').items(), ...system.get('datastores').items()]) {
      const image = part.get('image');
      const written = image.text();
      const problem = written === undefined ? undefined : problemOf(written);
      if (problem !== undefined) {
        yield image.finding(...problem);
      }
    }
  },
};

/** What is wrong, and what to write instead. */
function problemOf(written: string): [message: string, suggestion: string] | undefined {
  const image = parseImage(written);
  if (image === undefined) {
    const repaired = written
      .slice(0, 1000)
      .trim()
      .replace(/^(docker|https?):\/\//, '')
      .replace(/^[^:@]+/, (name) => name.toLowerCase().replaceAll(/\s+/g, '-'));
    return [
      `${quoted(written)} is no image reference such as registry.example.com/shop/api:1.0.0`,
      parseImage(repaired) === undefined ? 'write: NAME:TAG' : `write: ${repaired}`,
    ];
  }
  const path = repositoryPath(image);
  if (path.length > maximumPathLength) {
    return [
      `the repository of an image has at most ${maximumPathLength} characters; ${quoted(path)} has ${path.length}`,
      'write: a shorter name',
    ];
  }
  return isImageId(image)
    ? [`${quoted(written)} is the id of an image, which names no repository`, `write: NAME@sha256:${written}`]
    : undefined;
}

export const imageRules: readonly ConfigRule[] = [noAlwaysPullOfLocalImage, validImage];
