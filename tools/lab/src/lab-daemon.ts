import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { getCtl } from './ctl.ts';
import type { LabPaths } from './lab-paths.ts';
import { daemonMain } from './plugins.ts';

export interface LabDaemon extends AsyncDisposable {
  readonly pid: number;
  /** All of standard error so far. */
  log(): string;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  ended(): boolean;
}

/** Starts `vcn-cnid run` on the node with this configuration, and waits until it serves. */
export async function startDaemon(
  node: SandboxNamespace,
  paths: LabPaths,
  config: Record<string, unknown>,
  onLog: (text: string) => void = () => {},
): Promise<LabDaemon> {
  await mkdir(paths.cache, { recursive: true });
  await writeFile(paths.config, JSON.stringify(config));
  const child = node.spawn(
    process.execPath,
    ['--conditions=@vcn-cni/source', daemonMain, 'run', '--wait-lock', '--config', paths.config],
    { stdio: ['ignore', 'ignore', 'pipe'], env: withoutOurs(process.env) },
  );
  let log = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    onLog(text);
  });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals) => {
    if (!ended()) {
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
    }
    return child.exitCode;
  };
  const stop = () => end('SIGTERM');
  while (!(await serves(paths.ctl, child.pid!))) {
    if (ended()) throw new Error(`vcn-cnid ended before it served:\n${log}`);
    await sleep(5);
  }
  return {
    pid: child.pid!,
    log: () => log,
    stop,
    kill: async () => void (await end('SIGKILL')),
    ended,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** The daemon refuses variables of its own prefix that it does not know, such as those of this test run. */
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('VCN_CNI_')),
  );
}

/** Whether the daemon of this process id, and no other, serves executions. */
async function serves(ctl: string, pid: number): Promise<boolean> {
  const status = await getCtl(ctl, '/v1/status').catch(() => undefined);
  const { state, pid: answering } = (status ?? {}) as { state?: string; pid?: number };
  return state === 'serving' && answering === pid;
}
