import type { BrokenConfig } from './broken-config.ts';

const route = '    - { path: /, service: web }\n';
const deploy = (written: string) => ({ [route]: `${route}deploy: ${written}\n` });

/** What a deployment would hand to programs. */
export const deployCases: readonly BrokenConfig[] = [
  {
    title: 'a host that ssh would take for an option',
    change: deploy('{ host: «-oProxyCommand=x }'),
    code: 'config/invalid-value',
    message: 'deploy.host must be user@address, not "-oProxyCommand=x"',
    suggestion: 'write: user@address',
  },
  {
    title: 'a host with a scheme and a port',
    change: deploy('{ host: «ssh://eva@192.0.2.7:22 }'),
    code: 'config/invalid-value',
    message: 'deploy.host must be user@address, not "ssh://eva@192.0.2.7:22"',
    suggestion: 'write: eva@192.0.2.7',
  },
  {
    title: 'a key of a Secret that no variable can be called',
    change: deploy(`{ operator: { secret: { key: «'A"; touch X; "' } } }`),
    code: 'config/invalid-value',
    message:
      'deploy.operator.secret.key must be an environment variable name: letters, digits and "_", no digit first, not "A\\"; touch X; \\""',
    suggestion: 'write: A___touch_X___',
  },
  {
    title: 'a chart repository with more behind it',
    change: deploy('{ chartRepository: «https://x; touch X # }'.replace(' #', '')),
    code: 'config/invalid-value',
    message:
      'deploy.chartRepository must be https://HOST/PATH, oci://HOST/PATH or the path of a folder that begins with "/" or "./", not "https://x; touch X"',
    suggestion: 'write: https://HOST/PATH, oci://HOST/PATH or the path of a folder that begins with "/" or "./"',
  },
  {
    title: 'charts in a folder that no GitOps tool sees',
    change: { [route]: `${route}gitops: { tool: k3s }\ndeploy: { chartRepository: «./charts }\n` },
    code: 'config/no-local-charts-for-gitops',
    message: 'gitops.tool k3s fetches the chart from inside the cluster, and deploy.chartRepository is a folder',
    suggestion: 'write: https://HOST/PATH or oci://HOST/PATH',
  },
];
