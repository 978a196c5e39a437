import { z } from 'zod';
import { goOutput } from './go.ts';
import { goModule } from './go-module.ts';
import { componentMain, kubectlMain } from './kubernetes-mains.ts';
import type { Workshop } from './recipe.ts';
import { versions } from './versions.ts';

const kubernetes = `k8s.io/kubernetes@v${versions.kubernetes}`;
const [major = '', minor = ''] = versions.kubernetes.split('.');

/** The control plane and its client: one module, so that they share most of the compilation. */
export const controlPlane = goModule({
  name: 'control-plane',
  version: versions.kubernetes,
  minutes: 9,
  makes: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'],
  sources: {
    'kube-apiserver/main.go': componentMain('kube-apiserver', 'NewAPIServerCommand'),
    'kube-controller-manager/main.go': componentMain('kube-controller-manager', 'NewControllerManagerCommand'),
    'kube-scheduler/main.go': componentMain('kube-scheduler', 'NewSchedulerCommand'),
    'kubectl/main.go': kubectlMain,
  },
  goMod,
  // Without a version, kubectl and helm cannot parse what the API server says of itself.
  stamps: {
    'k8s.io/component-base/version.gitVersion': `v${versions.kubernetes}`,
    'k8s.io/component-base/version.gitMajor': major,
    'k8s.io/component-base/version.gitMinor': minor,
  },
});

const downloaded = z.object({ GoMod: z.string() });
const moduleFile = z.object({
  Go: z.string(),
  Replace: z.array(z.object({ Old: z.object({ Path: z.string() }) })),
});

/** Kubernetes takes its staging modules from its own tree; a module outside takes the same ones as released. */
async function goMod(workshop: Workshop): Promise<string> {
  const { GoMod } = downloaded.parse(JSON.parse(await goOutput(workshop, ['mod', 'download', '-json', kubernetes])));
  const file = moduleFile.parse(JSON.parse(await goOutput(workshop, ['mod', 'edit', '-json', GoMod])));
  const staging = file.Replace.map(({ Old }) => Old.Path);
  return [
    'module podhost.test/control-plane',
    `go ${file.Go}`,
    `require k8s.io/kubernetes v${versions.kubernetes}`,
    `require k8s.io/kubectl v${versions.kubernetesStaging}`,
    ...staging.map((path) => `replace ${path} => ${path} v${versions.kubernetesStaging}`),
    '',
  ].join('\n');
}
