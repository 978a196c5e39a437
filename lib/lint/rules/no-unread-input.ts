import type { Rule } from '../rule.ts';

/** Parts of the input that another tool has to render first, or that are somewhere else. */
export const noUnreadInput: Rule = {
  id: 'no-unread-input',
  severity: 'warning',
  documentation: {
    summary: 'Reports what the input holds or refers to and that was not read.',
    why: 'Values may stand in a file or a Secret that is not in the input, manifests in a template of a chart that helm renders, or in a patch that kustomize applies. What they hold is unknown to every other rule, so that a run without findings means less there.',
    remediation: 'Render or build it first, or name the files that are missing.',
    example: `helm template shop ./chart | podhost lint -
kubectl kustomize overlays/prod | podhost lint -`,
    see: [
      'https://helm.sh/docs/helm/helm_template/',
      'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/kustomization/',
      'https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/',
    ],
  },
  check: ({ unread, files }) =>
    unread.map(({ message, place, suggestion }) => ({
      message,
      place: place ?? { file: files[0] ?? '', line: 1, column: 1 },
      cannotTell: true,
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
};
