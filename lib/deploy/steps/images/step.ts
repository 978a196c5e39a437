import { PodhostError } from '../../../problems/podhost-error.ts';
import { imageBuilds, serviceImages } from '../../../provision/images/builds.ts';
import { missingDockerfiles } from '../../../provision/images/missing-dockerfiles.ts';
import { refusedImages } from '../../../provision/images/refused-images.ts';
import { imageState, unknownState } from '../../../provision/images/stored-images.ts';
import { presentState } from '../../../run/present-state.ts';
import type { Step } from '../../../run/step.ts';
import { imageAction } from './image-action.ts';

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
