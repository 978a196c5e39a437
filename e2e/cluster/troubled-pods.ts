import { patchStatus, stage } from './stage.ts';

/** Images whose containers never become ready. */
export const troubledImages = {
  /** Ends with status 1 as soon as it starts, again and again. */
  crashing: 'registry.test/crashing:1',
  /** No registry has it. */
  absent: 'registry.test/absent:1',
} as const;

const uses = (image: string): string => `any(.spec.containers[]; .image == "${image}")`;

/** A jq expression over a pod. */
export const isTroubled = `(${Object.values(troubledImages).map(uses).join(' or ')})`;

const notReady = `
startTime: {{ Now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
conditions:
{{ range ( list "ContainersReady" "Ready" ) }}
- type: {{ . }}
  status: "False"
  reason: ContainersNotReady
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
{{ $pod := .metadata.name }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: false
  started: false
`.trim();

const isNew = (image: string): string =>
  `.metadata.deletionTimestamp == null and .spec.nodeName != null and .status.containerStatuses == null and ${uses(image)}`;

const podCrashing = stage('pod-crashing', {
  kind: 'Pod',
  when: isNew(troubledImages.crashing),
  steps: [
    { event: { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container' } },
    patchStatus(`
phase: Running
${notReady}
  restartCount: 3
  containerID: containerd://{{ $pod }}-{{ .name }}
  state:
    waiting:
      reason: CrashLoopBackOff
      message: back-off 40s restarting failed container={{ .name }} pod={{ $pod }}
  lastState:
    terminated:
      exitCode: 1
      reason: Error
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
{{ end }}
`),
  ],
});

const podWithoutImage = stage('pod-without-image', {
  kind: 'Pod',
  when: isNew(troubledImages.absent),
  steps: [
    { event: { type: 'Warning', reason: 'Failed', message: 'Failed to pull image: not found' } },
    patchStatus(`
phase: Pending
${notReady}
  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: Back-off pulling image {{ .image | Quote }}
{{ end }}
`),
  ],
});

export const troubledPodStages = [podCrashing, podWithoutImage];
