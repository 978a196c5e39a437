import { z } from 'zod';
import { otelIntegrationChart } from '../../chart/names.ts';
import {
  chartRepository,
  chartVersion,
  composeProject,
  contextName,
  filePath,
  imageRegistry,
  installerSource,
  pathBelow,
  sshHost,
} from './identifiers.ts';
import { absolutePath, dnsLabel, dnsSubdomain, environmentVariableName, flag, integer, textLike } from './scalars.ts';

const k3sSchema = z.strictObject({
  version: textLike(/^v\d+\.\d+\.\d+\+k3s\d+$/, 'a release of k3s such as v1.34.4+k3s1').describe(
    'Release of k3s that is installed when the host has none.',
  ),
  installer: installerSource()
    .default('https://get.k3s.io')
    .describe('Where the installation script comes from: an https address, or a file on the host.'),
  installerSha256: textLike(/^[0-9a-f]{64}$/, 'a SHA-256 checksum, 64 hexadecimal digits')
    .optional()
    .describe('Checksum that the installation script must have. Default: it is shown, and not compared.'),
});

const composeSchema = z.strictObject({
  project: composeProject().describe('Name of the Docker Compose project that is stopped; its volumes stay.'),
});

const imagesSchema = z.strictObject({
  folder: absolutePath()
    .optional()
    .describe('Folder on the host that holds services/NAME/Dockerfile. Default: images are not built.'),
  dockerfiles: z
    .record(dnsLabel(), pathBelow())
    .default({})
    .describe('Dockerfile by service, below the folder. Default: services/NAME/Dockerfile.'),
  registry: imageRegistry()
    .optional()
    .describe("Where images are pushed. Default: they are imported into k3s' containerd."),
  parallel: integer(1, 32).default(2).describe('How many images are built at once.'),
});

const operatorSchema = z.strictObject({
  enabled: flag().default(false).describe('Install the Coralogix Operator by Helm.'),
  version: chartVersion().default('2.1.0').describe('Version of the chart coralogix-operator.'),
  namespace: dnsLabel().default('coralogix-operator-system').describe('Namespace of its release.'),
  secret: z
    .strictObject({
      name: dnsSubdomain().default('coralogix-operator-secret').describe('Name of the Secret.'),
      key: environmentVariableName()
        .default('CORALOGIX_API_KEY')
        .describe('Key with the value, and environment variable that it is taken from.'),
    })
    .prefault({})
    .describe('Secret with a key that may manage alerts and SLOs; not the Send-Your-Data key.'),
});

/** Also what `--host` is held to. */
export const hostSchema = sshHost();

export const deploySchema = z.strictObject({
  host: hostSchema.optional().describe('Machine that runs k3s and builds the images, over ssh. Default: this one.'),
  kubeconfig: filePath().optional().describe("Default: kubectl's own, or the file fetched from k3s."),
  context: contextName().optional().describe('Context of the kubeconfig. Default: the current one.'),
  k3s: k3sSchema.optional().describe('Install k3s where there is none. Default: the cluster is there.'),
  compose: composeSchema
    .optional()
    .describe('The old Docker Compose stack, stopped when it holds ports that k3s needs.'),
  images: imagesSchema.prefault({}).describe('Images that are brought to the machine.'),
  chartRepository: chartRepository()
    .default(otelIntegrationChart.repositoryUrl)
    .describe('Helm repository of otel-integration and coralogix-operator, or a folder that holds both charts.'),
  operator: operatorSchema.prefault({}).describe('The operator of Coralogix, for service objectives.'),
  rolloutSeconds: integer(10, 3600).default(300).describe('How long each workload may take to roll out.'),
});
