import { changeFiles } from '../files/atomic-write.ts';
import { lookAt } from '../files/present-file.ts';

export interface ReportFileProps {
  /** As it was written on the command line. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** The option that names the path. */
  readonly option: string;
  /**
   * Permissions of a new file.
   *
   * @default - those that the umask leaves
   */
  readonly mode?: number;
}

/**
 * Writes a file that a user named for a report, and replaces what is there.
 *
 * @throws PodhostError when it cannot be written; a file that was there is then as it was
 */
export function writeReportFile({ path, content, option, mode }: ReportFileProps): void {
  const present = lookAt(path, 0);
  const seen = present.kind === 'file' ? present.stamp : undefined;
  changeFiles([{ path, content, seen, ...(mode === undefined ? {} : { mode }) }], {
    otherwise: `another file by ${option}`,
  });
}

/** Writes a page that `--html` names. */
export const writePage = (path: string, content: string): void => writeReportFile({ path, content, option: '--html' });
