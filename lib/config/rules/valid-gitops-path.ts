import { quoted } from '../shape/quoted.ts';
import type { Rule } from './rule.ts';

/** Argo CD and Flux read a folder inside of the repository, and nothing around it. */
export const validGitopsPath: Rule = {
  id: 'valid-gitops-path',
  *check({ system }) {
    const path = system.at('gitops', 'path');
    const written = path.text();
    if (written === undefined) {
      return;
    }
    const fault = written.startsWith('/')
      ? 'is absolute'
      : written.split(/[/\\]/).includes('..')
        ? 'has a step upwards'
        : undefined;
    if (fault !== undefined) {
      yield path.finding(
        `gitops.path is a folder of the repository, by its path from the top; ${quoted(written)} ${fault}`,
        `write: ${system.at('gitops', 'tool').text() === 'flux' ? './dist' : 'dist'}`,
      );
    }
  },
};
