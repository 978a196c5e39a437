import { components, core, type GoPackage, libraries, providers, telemetry } from './collector-components.ts';
import { goModule } from './go-module.ts';
import { versions } from './versions.ts';

const used = [...Object.values(components).flat(), ...providers];

export const collector = goModule({
  name: 'collector',
  version: versions.collector,
  minutes: 7,
  makes: ['otelcol'],
  sources: { 'go.mod': goMod(), 'otelcol/main.go': main() },
});

function goMod(): string {
  const requirements = [...used, telemetry, ...libraries].map(({ module, version }) => `${module} v${version}`);
  return ['module podhost.test/otelcol', 'go 1.25.0', ...[...new Set(requirements)].sort().map(require), ''].join('\n');
}

function require(requirement: string): string {
  return `require ${requirement}`;
}

function main(): string {
  return `package main

import (
	"os"

${imports()}
)

func main() {
	command := otelcol.NewCommand(otelcol.CollectorSettings{
		BuildInfo: component.BuildInfo{Command: "otelcol", Description: "Collector of the test bed", Version: "${versions.collector}"},
		Factories: factories,
		ConfigProviderSettings: otelcol.ConfigProviderSettings{
			ResolverSettings: confmap.ResolverSettings{
				DefaultScheme:     "env",
				ProviderFactories: []confmap.ProviderFactory{${calls(providers)}},
			},
		},
	})
	if command.Execute() != nil {
		os.Exit(1)
	}
}

func factories() (all otelcol.Factories, err error) {
	all.Telemetry = ${calls([telemetry])}
${Object.entries(components)
  .map(([kinds, packages]) => factoryMap(kinds, packages))
  .join('\n')}
	return all, nil
}
`;
}

function imports(): string {
  const kinds = Object.keys(components).map(singular);
  const libraryPaths = ['component', 'confmap', 'otelcol', ...kinds].map((name) => `${core}/${name}`);
  const paths = [...libraryPaths, ...used.map(({ path }) => path), telemetry.path];
  return paths.map((path) => `\t"${path}"`).join('\n');
}

function factoryMap(kinds: string, packages: readonly GoPackage[]): string {
  const field = kinds.charAt(0).toUpperCase() + kinds.slice(1);
  return `	if all.${field}, err = otelcol.MakeFactoryMap[${singular(kinds)}.Factory](${calls(packages)}); err != nil {
		return all, err
	}`;
}

function calls(packages: readonly GoPackage[]): string {
  return packages.map(({ path }) => `${path.slice(path.lastIndexOf('/') + 1)}.NewFactory()`).join(', ');
}

function singular(kinds: string): string {
  return kinds.slice(0, -1);
}
