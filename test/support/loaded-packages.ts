import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const hook = `
import { writeSync } from 'node:fs';
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  const name = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(resolved.url)?.[1];
  if (name !== undefined) writeSync(2, 'LOADED ' + name + '\\n');
  return resolved;
}`;

const dataUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

const register = dataUrl(`import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))});`);

/** Packages that a run of the command line imports. */
export async function loadedPackages(...args: readonly string[]): Promise<string[]> {
  const { stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--import',
    register,
    'lib/cli/podhost.ts',
    ...args,
  ]);
  const names = [...stderr.matchAll(/^LOADED (.*)$/gm)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}
