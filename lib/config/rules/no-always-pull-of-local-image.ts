import type { ConfigRule } from './rule.ts';
import { parseImage } from './support/image.ts';
import { effective, servicesOf } from './support/parts.ts';

/** An image that was imported into the node by hand exists in no registry, so pulling it fails. */
export const noAlwaysPullOfLocalImage: ConfigRule = {
  id: 'no-always-pull-of-local-image',
  *check({ system }) {
    for (const { part, title } of servicesOf(system)) {
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
