import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';

/** What stands in for helm: a program that writes down what it is asked, and answers as it is set. */
export class HelmStandIn {
  constructor(readonly folder: string) {
    const script = [
      '#!/bin/sh',
      `echo "$@" >> ${folder}/calls`,
      'for last; do :; done',
      'case "$1" in',
      '  version) echo v3.99.0 ;;',
      `  show) cat "$last/Chart.yaml" 2>/dev/null || cat "${folder}/charts/$(basename "$last").yaml" ;;`,
      `  *) cat > ${folder}/values; cat ${folder}/error >&2; cat ${folder}/manifests; exit $(cat ${folder}/status) ;;`,
      'esac',
      '',
    ];
    writeFileSync(join(folder, 'helm'), script.join('\n'));
    chmodSync(join(folder, 'helm'), 0o755);
    this.answers('');
    vi.stubEnv('PODHOST_HELM', join(folder, 'helm'));
    vi.stubEnv('HELM_REPOSITORY_CACHE', join(folder, 'cache'));
  }

  /** From now on it renders these manifests. */
  answers(manifests: string): void {
    this.write({ manifests, error: '', status: '0' });
  }

  /** From now on it fails. */
  fails(error: string): void {
    this.write({ manifests: '', error, status: '1' });
  }

  /** Its command lines, without that of its version. */
  get calls(): string[] {
    const file = join(this.folder, 'calls');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    return lines.filter((line) => !line.startsWith('version'));
  }

  /** What it was given on standard input. */
  get values(): unknown {
    return JSON.parse(readFileSync(join(this.folder, 'values'), 'utf8'));
  }

  /** Writes a chart as a folder, or as an archive of which only the stand-in knows the content. */
  chart(path: string, chart: string): string {
    const at = join(this.folder, path);
    const file = path.endsWith('.tgz') ? at : join(at, 'Chart.yaml');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, chart);
    if (path.endsWith('.tgz')) {
      mkdirSync(join(this.folder, 'charts'), { recursive: true });
      writeFileSync(join(this.folder, 'charts', `${path.split('/').at(-1)}.yaml`), chart);
    }
    return at;
  }

  private write(answer: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(answer)) {
      writeFileSync(join(this.folder, name), text);
    }
  }
}

export const integrationChart = (version: string): string => `name: otel-integration\nversion: ${version}\n`;
