import { collectorRules } from './collector.ts';
import { containerRules } from './containers.ts';
import { datastoreRules } from './datastores.ts';
import { deliveryRules } from './delivery.ts';
import { dimensionRules } from './dimensions.ts';
import { expandedTextRules } from './expanded-text.ts';
import { imageRules } from './images.ts';
import { ingressRules } from './ingress.ts';
import { kindRules } from './kinds.ts';
import { loaderVariableRules } from './loader-variables.ts';
import { mountPathRules } from './mount-paths.ts';
import { nameRules } from './names.ts';
import { podSecurityRules } from './pod-security.ts';
import { portRules } from './ports.ts';
import { quantityRules } from './quantities.ts';
import { referenceRules } from './references.ts';
import { repeatRules } from './repeats.ts';
import type { ConfigRule } from './rule.ts';
import { secretRules } from './secrets.ts';
import { sizeRules } from './sizes.ts';
import { variableRules } from './variables.ts';
import { volumeRules } from './volumes.ts';

/** Every rule beyond the shape of single values, sorted by id: problems of one place come in this order. */
export const configRules: readonly ConfigRule[] = [
  ...collectorRules,
  ...containerRules,
  ...datastoreRules,
  ...deliveryRules,
  ...dimensionRules,
  ...expandedTextRules,
  ...imageRules,
  ...ingressRules,
  ...kindRules,
  ...loaderVariableRules,
  ...mountPathRules,
  ...nameRules,
  ...podSecurityRules,
  ...portRules,
  ...quantityRules,
  ...referenceRules,
  ...repeatRules,
  ...secretRules,
  ...sizeRules,
  ...variableRules,
  ...volumeRules,
].sort((one, other) => (one.id < other.id ? -1 : 1));
