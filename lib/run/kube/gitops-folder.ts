import type { SystemConfig } from '../../config/schema/system.ts';

/**
 * Folder below the manifests with what a GitOps tool is told; the rest it applies by itself, and whoever else did would
 * be in its way. Undefined when nobody does.
 */
export const gitopsFolder = ({ gitops }: Pick<SystemConfig, 'gitops'>): string | undefined =>
  gitops === undefined || gitops.tool === 'k3s' ? undefined : gitops.tool;
