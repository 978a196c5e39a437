import type { Command } from '../../run/command/command.ts';
import { sh } from '../../text/shell.ts';
import { k3sPath } from '../k3s-command.ts';
import { hostScript, onHost } from '../on-host.ts';
import type { ImageBuild } from './builds.ts';

/** Builds an image. Docker takes from its cache what has not changed. */
export const buildImage = ({ images, dockerfile }: ImageBuild, folder: string): Command =>
  onHost('docker', ['build', ...images.map((image) => `--tag=${image}`), `--file=${dockerfile}`, folder], {
    // Where docker attests when it built an image, the image would be another one each time.
    env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    timeoutSeconds: 3_600,
  });

/**
 * The images go from docker to containerd on the host itself. The shell's own status would be that of the second half
 * alone, so the first one tells by another channel that it failed.
 */
const importing = sh`k3s=${k3sPath}; same=yes
for image; do
  id=$(docker image inspect --format '{{.Id}}' "$image") || exit
  test "$id" = "$(sudo -n "$k3s" crictl inspecti --output go-template --template '{{.status.id}}' "$image" 2> /dev/null)" || same=no
done
test "$same" = no || exit 0
failed=$({ { docker save "$@" || echo yes >&3; } | sudo -n "$k3s" ctr --namespace=k8s.io images import - >&2; } 3>&1) || exit
test -z "$failed"`;

/** Brings images to the node that it does not have yet. */
export const importImages = (images: readonly string[]): Command =>
  hostScript(importing, images, { timeoutSeconds: 1_800 });

/** What the look at a tag ends with when it was pushed with another content before. */
export const otherContent = 66;

/** Whether what is about to be pushed is what was pushed under this tag before. */
export const compareWithPushed = (image: string, pushedId: string): Command =>
  hostScript(
    sh`id=$(docker image inspect --format '{{.Id}}' "$1") || exit; test "$id" = "$2" || { echo "$1 was pushed as $2 before, and is $id now" >&2; exit ${otherContent}; }`,
    [image, pushedId],
  );

export const pushImage = (image: string): Command => onHost('docker', ['push', image], { timeoutSeconds: 1_800 });
