import { join } from 'node:path';

/** Where a laboratory keeps its files. */
export interface LabPaths {
  directory: string;
  /** State directory of the daemon. */
  run: string;
  socket: string;
  ctl: string;
  /** Where pods' namespaces are visible. */
  netns: string;
  cache: string;
  config: string;
}

export function labPaths(directory: string): LabPaths {
  const run = join(directory, 'run');
  return {
    directory,
    run,
    socket: join(run, 'cni.sock'),
    ctl: join(run, 'ctl.sock'),
    netns: join(directory, 'netns'),
    cache: join(directory, 'cache'),
    config: join(directory, 'config.json'),
  };
}
