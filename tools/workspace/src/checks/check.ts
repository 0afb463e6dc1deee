import type { Workspace } from '../workspace.ts';

/** One rule of this repository. Each problem is a line that says where, what and what to do. */
export interface Check {
  readonly name: string;
  problems(workspace: Workspace): string[] | Promise<string[]>;
}
