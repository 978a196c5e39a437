import { patchStatus, stage } from './stage.ts';
import { isTroubled, troubledPodStages } from './troubled-pods.ts';

const containerStatus = `
  name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: {{ .image | Quote }}
  restartCount: 0
`.trim();

/** Scheduled, so running: with the node's address on the host's network, else with one of the node's own range. */
const podRunning = stage('pod-running', {
  kind: 'Pod',
  when: `.metadata.deletionTimestamp == null and .status.phase == "Pending" and (${isTroubled} | not)`,
  steps: [
    patchStatus(`
phase: Running
startTime: {{ Now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
hostIPs:
- ip: {{ NodeIPWith .spec.nodeName | Quote }}
{{ $ip := PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) .metadata.uid .metadata.name .metadata.namespace }}
podIP: {{ $ip | Quote }}
podIPs:
- ip: {{ $ip | Quote }}
conditions:
{{ range ( list "Initialized" "PodReadyToStartContainers" "ContainersReady" "Ready" ) }}
- type: {{ . }}
  status: "True"
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
{{ $uid := .metadata.uid }}
{{ with .spec.initContainers }}
initContainerStatuses:
{{ range . }}
- ${containerStatus}
  ready: true
  containerID: containerd://{{ $uid }}-{{ .name }}
  {{ if eq ( or .restartPolicy "" ) "Always" }}
  started: true
  state:
    running:
      startedAt: {{ Now | Quote }}
  {{ else }}
  started: false
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
  {{ end }}
{{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- ${containerStatus}
  ready: true
  started: true
  containerID: containerd://{{ $uid }}-{{ .name }}
  state:
    running:
      startedAt: {{ Now | Quote }}
{{ end }}
`),
  ],
});

/** A job's pod has nothing to wait for: it succeeds at once. The generator of a probe is run by the tests. */
const podSucceeded = stage('pod-succeeded', {
  kind: 'Pod',
  when: '.metadata.deletionTimestamp == null and .status.phase == "Running" and any(.metadata.ownerReferences[]?; .kind == "Job") and (any(.spec.containers[]; .image | contains("telemetrygen")) | not)',
  steps: [
    patchStatus(`
phase: Succeeded
conditions:
{{ range ( list "ContainersReady" "Ready" ) }}
- type: {{ . }}
  status: "False"
  reason: PodCompleted
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- ${containerStatus}
  ready: false
  started: false
  state:
    running: null
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
{{ end }}
`),
  ],
});

const podGone = stage('pod-gone', {
  kind: 'Pod',
  when: '.metadata.deletionTimestamp != null',
  steps: [{ delete: true }],
});

export const podStages = [podRunning, podSucceeded, podGone, ...troubledPodStages];
