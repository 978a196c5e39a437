import type { BrokenConfig } from './broken-config.ts';
import { collectorCases } from './collector.ts';
import { datastoresCases } from './datastores.ts';
import { deployCases } from './deploy.ts';
import { gitopsCases } from './gitops.ts';
import { ingressCases } from './ingress.ts';
import { instrumentCases } from './instrument.ts';
import { kindsCases } from './kinds.ts';
import { patchesCases } from './patches.ts';
import { podSecurityCases } from './pod-security.ts';
import { portsCases } from './ports.ts';
import { referencesCases } from './references.ts';
import { resourcesCases } from './resources.ts';
import { secretsCases } from './secrets.ts';
import { servicesCases } from './services.ts';
import { shapeCases } from './shape.ts';
import { variablesCases } from './variables.ts';
import { volumesCases } from './volumes.ts';

export const brokenConfigs: readonly BrokenConfig[] = [
  ...shapeCases,
  ...servicesCases,
  ...kindsCases,
  ...patchesCases,
  ...podSecurityCases,
  ...portsCases,
  ...variablesCases,
  ...referencesCases,
  ...secretsCases,
  ...collectorCases,
  ...resourcesCases,
  ...volumesCases,
  ...datastoresCases,
  ...deployCases,
  ...gitopsCases,
  ...ingressCases,
  ...instrumentCases,
];
