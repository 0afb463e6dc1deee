import { spawn, spawnSync } from 'node:child_process';

/** A network namespace that lives until it is closed, or until this process ends. */
export interface TestNamespace extends Disposable {
  /** Put before a command to run it inside. */
  exec: string[];
  /** Runs a command inside to its end and gives what it printed. */
  run(command: string, args: string[], input?: string): string;
}

export async function testNamespace(): Promise<TestNamespace> {
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo ready; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    holder.stdout.once('data', resolve);
    holder.once('error', reject);
    holder.once('close', () => reject(new Error('no network namespace to be had')));
  });
  const exec = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
  return {
    exec,
    run(command, args, input = '') {
      const [enter = '', ...rest] = [...exec, command, ...args];
      const { status, stdout, stderr } = spawnSync(enter, rest, { input, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
      return stdout;
    },
    [Symbol.dispose]() {
      holder.stdin.end();
    },
  };
}
