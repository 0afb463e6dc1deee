import { IptablesError, refusal } from './iptables-error.ts';
import { run } from './run.ts';

export type Backend = 'nft' | 'legacy';

export interface ProgramOptions {
  family: 'inet' | 'inet6';
  /** Put before each command, as `['nsenter', '--net=/run/netns/x']`. */
  exec?: readonly string[];
  /** Deadline of one program in milliseconds; absent: 15,000. */
  timeoutMs?: number;
}

export interface CallOptions {
  signal?: AbortSignal;
}

/** The programs of iptables in one family. `backend` absent: those that `iptables` itself names. */
export interface Programs {
  /** `undefined`: not installed. */
  version(backend?: Backend, options?: CallOptions): Promise<Version | undefined>;
  /** The lines of the save that `keep` is true for. */
  save(backend: Backend, keep: (line: string) => boolean, options?: CallOptions): Promise<string>;
  restore(backend: Backend, input: string, options?: CallOptions): Promise<void>;
}

export interface Version {
  /** `v1.8.9`. */
  version: string;
  backend: Backend;
}

export function programs({ family, exec = [], timeoutMs = 15_000 }: ProgramOptions): Programs {
  const base = family === 'inet' ? 'iptables' : 'ip6tables';
  /** Some distributions install one backend only, under the bare names. */
  const bare = new Set<Backend>();

  async function call(
    program: string,
    args: string[],
    input: string,
    options: CallOptions = {},
    keep = (_line: string) => true,
  ) {
    const deadline = AbortSignal.timeout(timeoutMs);
    const { signal } = options;
    const ended = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    try {
      const finished = await run([...exec, program, ...args], input, ended, keep);
      // The exec prefix answers like a shell for a program that it cannot find.
      if (finished.exitCode === 127) throw new Error(finished.stderr.trim());
      return finished;
    } catch (cause) {
      if (ended.aborted) {
        const why = signal?.aborted ? 'given up by the caller' : `not ready in ${timeoutMs} ms`;
        throw new IptablesError('aborted', `${program}: ${why}`, {}, { cause });
      }
      const message = `cannot run ${program}: ${(cause as Error).message}; is iptables installed?`;
      throw new IptablesError('missing', message, {}, { cause });
    }
  }

  const named = (backend: Backend, tail = '') =>
    `${base}${bare.has(backend) ? '' : `-${backend}`}${tail}`;

  async function versionOf(program: string, options?: CallOptions): Promise<Version | undefined> {
    try {
      const { stdout } = await call(program, ['--version'], '', options);
      const version = /\bv\d[\w.]*/.exec(stdout)?.[0] ?? 'unknown';
      return { version, backend: stdout.includes('nf_tables') ? 'nft' : 'legacy' };
    } catch (error) {
      if (error instanceof IptablesError && error.reason === 'missing') return undefined;
      throw error;
    }
  }

  return {
    async version(backend, options) {
      if (backend === undefined) return versionOf(base, options);
      const found = await versionOf(named(backend), options);
      if (found !== undefined) return found;
      const plain = await versionOf(base, options);
      if (plain?.backend !== backend) return undefined;
      bare.add(backend);
      return plain;
    },
    async save(backend, keep, options) {
      const program = named(backend, '-save');
      const { exitCode, stdout, stderr } = await call(program, [], '', options, keep);
      if (exitCode !== 0) throw refusal(program, stderr, exitCode, '');
      return stdout;
    },
    async restore(backend, input, options) {
      const program = named(backend, '-restore');
      // Seconds that the legacy backend waits for the xtables lock; the other has none and accepts the option.
      const args = ['--wait', '5', '--noflush'];
      const { exitCode, stderr } = await call(program, args, input, options);
      if (exitCode !== 0) throw refusal(program, stderr, exitCode, input);
    },
  };
}
