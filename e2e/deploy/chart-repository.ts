import { copyFileSync, cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../parts/process.ts';

export interface ChartRepository {
  readonly url: string;
  close(): Promise<void>;
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Definitions of the kinds of the operator: enough of them for what this project writes. */
export const operatorDefinitions = path('../../imports/crds/coralogix-operator.yaml');

/** Serves the tests' own charts as a Helm repository on this machine. */
export async function startChartRepository(helm: string, folder: string): Promise<ChartRepository> {
  for (const args of [
    ['package', path('chart'), '--destination', folder],
    ['package', operatorChart(folder), '--destination', folder],
    ['repo', 'index', folder],
  ]) {
    const { exitCode, stderr } = await run(helm, args);
    if (exitCode !== 0) throw new Error(`helm ${args.join(' ')}: ${stderr}`);
  }
  const server = createServer(({ url = '' }, response) => {
    try {
      response.end(readFileSync(join(folder, new URL(url, 'http://any').pathname)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Like the real one it has the definitions among its templates, so that helm takes them away again. */
function operatorChart(folder: string): string {
  const copy = join(folder, 'sources', 'coralogix-operator');
  cpSync(path('operator-chart'), copy, { recursive: true });
  copyFileSync(operatorDefinitions, join(copy, 'templates', 'definitions.yaml'));
  return copy;
}
