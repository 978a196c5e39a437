import { existsSync } from 'node:fs';
import { podhost } from '../../command-name.ts';
import { operand, run, sh } from '../../text/shell.ts';
import type { Check } from './check.ts';
import { runs } from './scope.ts';

/** There are manifests. */
export const distCheck: Check = {
  name: 'the manifests',
  needs: [],
  isNeeded: (scope) => runs(scope, 'secrets', 'collector', 'apply'),
  async look(inquiry) {
    const { dist, configFile } = inquiry.context;
    const there = existsSync(dist);
    if (there && inquiry.manifests.length > 0) {
      return {};
    }
    return {
      problems: [
        {
          code: 'deploy/no-dist',
          message: there ? `${dist} holds no manifests` : `${dist} does not exist`,
          suggestion: run(sh`${podhost} synth --config ${operand(configFile)} --output ${operand(dist)}`),
        },
      ],
    };
  },
};
