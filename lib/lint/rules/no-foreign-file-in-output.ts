import { basename } from 'node:path';
import { groupBy } from '../../group-by.ts';
import { operand, sh } from '../../text/shell.ts';
import type { Rule } from '../rule.ts';
import { folderOf, manifestFolders } from './support/folders.ts';

export const noForeignFileInOutput: Rule = {
  id: 'no-foreign-file-in-output',
  severity: 'warning',
  documentation: {
    summary: 'Reports a file that is no manifest directly in a folder of manifests.',
    why: '`kubectl apply -f FOLDER` reads every .yaml, .yml and .json directly in the folder. At one that is no manifest, such as values for Helm, it prints `Object ‘Kind’ is missing` and ends with an error, after it has applied the others: a script that stops on errors stops here, every time.',
    remediation: 'Move the file to a sub-folder, which kubectl does not read.',
    example: `dist/00-namespace.yaml
dist/30-api-gateway.yaml
dist/helm/coralogix-infra-values.yaml`,
    see: ['https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/'],
  },
  check(model) {
    const foreign = groupBy(
      [
        ...model.values.flatMap(({ document, valuesFiles }) => (valuesFiles.length > 0 ? document : [])),
        ...model.unknown,
      ],
      ({ file }) => folderOf(file),
    );
    return manifestFolders(model)
      .filter(({ files }) => files.length > 1)
      .flatMap(({ path, files }) => {
        const beside = foreign.get(path) ?? [];
        // A folder whose files are mostly something else is not applied.
        return beside.length >= files.length
          ? []
          : beside.map((document) => ({
              message: `${basename(document.file)} is no manifest, and ${sh`kubectl apply -f ${operand(path)}`} reads it with the ${files.length} files that are`,
              place: document.place(),
              suggestion: `move it to a sub-folder of ${path}`,
            }));
      });
  },
};
