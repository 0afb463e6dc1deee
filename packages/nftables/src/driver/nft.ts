import { parseRuleset } from '../parse-ruleset.ts';
import { renderRemove, renderTable } from '../render-table.ts';
import type { ParsedTable } from '../ruleset.ts';
import type { Table } from '../table.ts';
import { NftError, refusal } from './nft-error.ts';
import { run } from './run.ts';

export interface NftOptions {
  /** Put before the command, as `['nsenter', '--net=/run/netns/x']`. */
  exec?: readonly string[];
  /** Absent: `nft`, by PATH. */
  binary?: string;
  /** Deadline of one call in milliseconds; absent: 10,000. */
  timeoutMs?: number;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export type Availability =
  | { available: true; version: string }
  | { available: false; reason: string };

/** Each method runs nft once; each rejects with {@link NftError}. */
export interface Nft {
  /** Replaces the table whole in one transaction. */
  apply(table: Table, options?: CallOptions): Promise<void>;
  /** The table as it is in the kernel; undefined if there is none. */
  read(
    name: Pick<Table, 'family' | 'name'>,
    options?: CallOptions,
  ): Promise<ParsedTable | undefined>;
  /** Everybody's tables, as `nft -j list ruleset` prints them: for `parseRuleset`. */
  list(options?: CallOptions): Promise<string>;
  /** Removes the table, if it is there. */
  remove(name: Pick<Table, 'family' | 'name'>, options?: CallOptions): Promise<void>;
  /**
   * Whether nft is installed and the kernel speaks nf_tables; with a table, also whether they take that table
   * (`nft --check`). Nothing is changed.
   */
  available(table?: Table, options?: CallOptions): Promise<Availability>;
}

export function nft(options: NftOptions = {}): Nft {
  const command = [...(options.exec ?? []), options.binary ?? 'nft'];
  const timeoutMs = options.timeoutMs ?? 10_000;

  async function call(args: string[], script: string, { signal }: CallOptions = {}) {
    const deadline = AbortSignal.timeout(timeoutMs);
    const ended = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    try {
      const finished = await run([...command, ...args], script, ended);
      // The exec prefix answers like a shell for a program that it cannot find.
      if (finished.exitCode === 127) throw new Error(finished.stderr.trim());
      return finished;
    } catch (cause) {
      if (!ended.aborted) {
        const message = `cannot run ${command.join(' ')}: ${(cause as Error).message}; is nftables installed?`;
        throw new NftError('missing', message, {}, { cause });
      }
      const why = signal?.aborted ? 'given up by the caller' : `not ready in ${timeoutMs} ms`;
      throw new NftError('aborted', `nft ${args.join(' ')}: ${why}`, {}, { cause });
    }
  }

  async function script(text: string, args: string[], callOptions?: CallOptions): Promise<void> {
    const { exitCode, stderr } = await call([...args, '-f', '-'], text, callOptions);
    if (exitCode !== 0) throw refusal(stderr, exitCode, text);
  }

  return {
    async apply(table, callOptions) {
      await script(renderTable(table), [], callOptions);
    },
    async read({ family, name }, callOptions) {
      const args = ['-j', 'list', 'table', family, name];
      const { exitCode, stdout, stderr } = await call(args, '', callOptions);
      if (exitCode === 0) return parseRuleset(stdout).tables[0];
      if (/^Error: No such file or directory/m.test(stderr)) return undefined;
      throw refusal(stderr, exitCode, '');
    },
    async list(callOptions) {
      const { exitCode, stdout, stderr } = await call(['-j', 'list', 'ruleset'], '', callOptions);
      if (exitCode !== 0) throw refusal(stderr, exitCode, '');
      return stdout;
    },
    async remove(name, callOptions) {
      await script(renderRemove(name), [], callOptions);
    },
    async available(table, callOptions) {
      try {
        const { exitCode, stdout, stderr } = await call(['-j', 'list', 'tables'], '', callOptions);
        if (exitCode !== 0) throw refusal(stderr, exitCode, '');
        if (table !== undefined) await script(renderTable(table), ['--check'], callOptions);
        return { available: true, version: parseRuleset(stdout).version ?? 'unknown' };
      } catch (error) {
        if (!(error instanceof NftError) || error.reason === 'aborted') throw error;
        return { available: false, reason: error.message };
      }
    },
  };
}
