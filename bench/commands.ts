import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHelmChart } from './helm-chart.ts';
import { writeKustomization } from './kustomization.ts';
import { type Command, firstLine, measured } from './measured-process.ts';
import { mixedSystem } from './mixed-system.ts';
import { systemOfSize } from './system-of-size.ts';

const podhost = 'bin/podhost.cjs';

export const node: Command = { name: '`node -e 0`', line: ['node', '-e', '0'] };

export const versions = {
  helm: firstLine('helm', 'version', '--short'),
  kubectl: firstLine('kubectl', 'version', '--client'),
  cdk8s: firstLine('npx', 'cdk8s', '--version', '--check-upgrade=false'),
};

/** The command as a package installs it: `npm run build` makes the bundles, the first run the machine code. */
export class Installation {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = join(folder, 'node_modules/cdk8s-podhost');
  }

  podhost(name: string, ...args: readonly string[]): Command {
    return { name, line: ['node', join(this.folder, podhost), ...args] };
  }
}

/** Systems of a size: how services differ, as a row says it, and the configuration. */
const varieties = {
  alike: { title: '', config: (size: number) => systemOfSize(size) },
  unlike: { title: ' that are not alike', config: (size: number) => systemOfSize(size, false) },
  mixed: { title: ' of a mixed system', config: mixedSystem },
} as const;

/** A system of so many services, and the commands that make or read its manifests. */
export class SizedSystem {
  private readonly folder: string;
  private readonly config: string;
  private former = 0;
  readonly dist: string;

  constructor(
    folder: string,
    private readonly installation: Installation,
    readonly size: number,
    private readonly variety: keyof typeof varieties = 'alike',
  ) {
    this.folder = join(folder, `${size}-${variety}`);
    this.config = join(this.folder, 'system.yaml');
    this.dist = join(this.folder, 'dist');
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(this.config, varieties[variety].config(size));
    measured(this.synth());
    // The chart has one template for all services.
    if (variety !== 'mixed') {
      writeHelmChart(join(this.folder, 'chart'), this.dist, size);
      writeKustomization(join(this.folder, 'kustomize'), this.dist);
    }
  }

  /** Into an empty folder. */
  synth(): Command {
    const args = ['synth', '--config', this.config, '--output', this.dist];
    return this.emptied(
      this.dist,
      this.installation.podhost(`synth, ${this.size} services${varieties[this.variety].title}`, ...args),
    );
  }

  check(): Command {
    return this.installation.podhost(`check, ${this.size} services`, 'check', '--config', this.config);
  }

  lint(): Command {
    return this.installation.podhost(`lint, ${this.size} services`, 'lint', this.dist);
  }

  explain(): Command {
    return this.installation.podhost(`explain, ${this.size} services`, 'explain', 'service-00000', this.dist);
  }

  forecast(): Command {
    return this.installation.podhost(`forecast, ${this.size} services`, 'forecast', this.dist);
  }

  instrument(): Command {
    const args = ['instrument', this.dist, '--environment', 'production', '--diff'];
    return this.installation.podhost(`instrument, ${this.size} services`, ...args);
  }

  helm(): Command {
    const output = join(this.folder, 'helm-output');
    const line = ['helm', 'template', 'bench', join(this.folder, 'chart'), '--output-dir', output] as const;
    return this.emptied(output, { name: '`helm template`', line });
  }

  kustomize(): Command {
    const output = join(this.folder, 'kustomize-output');
    const line = ['kubectl', 'kustomize', join(this.folder, 'kustomize'), '--output', output] as const;
    return this.emptied(output, { name: '`kubectl kustomize`', line });
  }

  /** The same constructs, written by cdk8s itself. */
  cdk8s(): Command {
    const app = 'node --import tsx bench/bare-app.ts';
    return {
      name: '`cdk8s synth`',
      line: ['npx', 'cdk8s', 'synth', '--app', app, '--output', join(this.folder, 'bare')],
      env: { PODHOST_CONFIG: this.config, CDK8S_CHECK_UPGRADE: 'false' },
    };
  }

  /** What lies in the folder is moved aside: where files were deleted a moment ago, ext4 is slow to create others. */
  private emptied(output: string, command: Command): Command {
    return {
      ...command,
      before: () => {
        if (existsSync(output)) {
          this.former += 1;
          renameSync(output, `${output}-${this.former}`);
        }
        mkdirSync(output, { recursive: true });
      },
    };
  }
}
