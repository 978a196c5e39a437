import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../parts/process.ts';

export interface ChartRepository {
  readonly url: string;
  close(): Promise<void>;
}

const chart = fileURLToPath(new URL('chart', import.meta.url));

/** Serves the tests' own chart as a Helm repository on this machine. */
export async function startChartRepository(helm: string, folder: string): Promise<ChartRepository> {
  for (const args of [
    ['package', chart, '--destination', folder],
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
