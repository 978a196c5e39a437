import { versions } from './versions.ts';

/** A Go package and the module that holds it. */
export interface GoPackage {
  readonly path: string;
  readonly module: string;
  readonly version: string;
}

export const core = 'go.opentelemetry.io/collector';
const contrib = 'github.com/open-telemetry/opentelemetry-collector-contrib';

/** What the collector of the test bed is made of: all that the synthesized pipelines use and that builds at this version. */
export const components = {
  receivers: released([`${core}/receiver/otlpreceiver`, `${core}/receiver/nopreceiver`]),
  processors: released([
    `${core}/processor/batchprocessor`,
    `${core}/processor/memorylimiterprocessor`,
    `${contrib}/processor/filterprocessor`,
    `${contrib}/processor/groupbytraceprocessor`,
    `${contrib}/processor/k8sattributesprocessor`,
    `${contrib}/processor/metricstransformprocessor`,
    `${contrib}/processor/redactionprocessor`,
    `${contrib}/processor/resourcedetectionprocessor`,
    `${contrib}/processor/resourceprocessor`,
    `${contrib}/processor/tailsamplingprocessor`,
    `${contrib}/processor/transformprocessor`,
  ]),
  connectors: released([`${core}/connector/forwardconnector`, `${contrib}/connector/spanmetricsconnector`]),
  exporters: released([
    `${core}/exporter/debugexporter`,
    `${core}/exporter/nopexporter`,
    `${core}/exporter/otlpexporter`,
    `${core}/exporter/otlphttpexporter`,
    `${contrib}/exporter/fileexporter`,
  ]),
  extensions: released([
    `${core}/extension/zpagesextension`,
    `${contrib}/extension/healthcheckextension`,
    `${contrib}/extension/pprofextension`,
    `${contrib}/extension/storage/filestorage`,
  ]),
};

export const providers = ['env', 'file', 'yaml'].map((scheme) =>
  goPackage(`${core}/confmap/provider/${scheme}provider`, versions.collectorApi),
);

export const telemetry: GoPackage = {
  path: `${core}/service/telemetry/otelconftelemetry`,
  module: `${core}/service`,
  version: versions.collector,
};

/** Named although only implied: left open, some of them come newer and do not compile with the rest. */
export const libraries = [
  ...['otelcol', 'connector', 'service'].map((name) => goPackage(`${core}/${name}`, versions.collector)),
  ...['component', 'confmap', 'exporter', 'extension', 'processor', 'receiver'].map((name) =>
    goPackage(`${core}/${name}`, versions.collectorApi),
  ),
];

function released(paths: readonly string[]): GoPackage[] {
  return paths.map((path) => goPackage(path, versions.collector));
}

function goPackage(path: string, version: string): GoPackage {
  return { path, module: path, version };
}
