import { quoted } from '../shape/quoted.ts';
import type { Rule } from './rule.ts';
import { parseImage } from './support/image.ts';

/** A reference that no container runtime accepts leaves the pod in InvalidImageName. */
export const validImage: Rule = {
  id: 'valid-image',
  *check({ system }) {
    for (const part of [...system.get('services').items(), ...system.get('datastores').items()]) {
      const image = part.get('image');
      const written = image.text();
      if (written === undefined || parseImage(written) !== undefined) {
        continue;
      }
      const repaired = written
        .slice(0, 1000)
        .trim()
        .replace(/^(docker|https?):\/\//, '')
        .replace(/^[^:@]+/, (name) => name.toLowerCase().replaceAll(/\s+/g, '-'));
      yield image.finding(
        `${quoted(written)} is no image reference such as registry.example.com/shop/api:1.0.0`,
        parseImage(repaired) === undefined ? 'write: NAME:TAG' : `write: ${repaired}`,
      );
    }
  },
};
