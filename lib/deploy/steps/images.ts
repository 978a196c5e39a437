import { PodhostError } from '../../problems/podhost-error.ts';
import { presentState } from '../cluster/present-state.ts';
import { imageAction } from '../host/images/image-action.ts';
import { imageBuilds, serviceImages } from '../host/images/image-build.ts';
import { imageState, unknownState } from '../host/images/image-state.ts';
import { missingDockerfiles } from '../host/images/missing-dockerfiles.ts';
import { refusedImages } from '../host/images/refused-images.ts';
import type { Step } from '../step.ts';

/** Builds the images of the services, and brings them to the node or to a registry. */
export const imagesStep: Step = {
  name: 'images',
  title: 'Images',
  parallel: ({ config }) => config.deploy.images.parallel,
  async actions(context) {
    const { folder } = context.config.deploy.images;
    if (folder === undefined) {
      return [];
    }
    const images = serviceImages(context.config, folder);
    const [first, ...others] = [
      ...refusedImages(context.config, images),
      ...((await presentState(context, () => missingDockerfiles(context, images))) ?? []),
    ];
    if (first !== undefined) {
      throw new PodhostError([first, ...others]);
    }
    const state = (await presentState(context, () => imageState(context, folder))) ?? unknownState;
    return imageBuilds(images).map((build) => imageAction(context, build, { folder, state }));
  },
};
