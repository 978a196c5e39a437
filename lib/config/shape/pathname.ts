import type { Path } from '../reading/located.ts';

/** A path as people write it: `services[0].port`. */
export const pathname = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
