import { patchStatus, stage } from './stage.ts';

const nodeReady = stage('node-ready', {
  kind: 'Node',
  when: 'any(.status.conditions[]?; .type == "Ready" and .status == "True") | not',
  steps: [
    patchStatus(`
conditions:
- type: Ready
  status: "True"
  reason: KubeletReady
  message: kwok stands in for the kubelet
  lastHeartbeatTime: {{ Now | Quote }}
  lastTransitionTime: {{ Now | Quote }}
{{ range ( list "MemoryPressure" "DiskPressure" "PIDPressure" ) }}
- type: {{ . }}
  status: "False"
  reason: Kubelet{{ . }}No
  lastHeartbeatTime: {{ Now | Quote }}
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
`),
  ],
});

export const nodeStages = [nodeReady];
