import { parseSave } from '../parse-save.ts';
import { renderRuleset } from '../render-ruleset.ts';
import type { Ruleset } from '../ruleset.ts';
import type { SavedTable } from '../saved.ts';
import { type Detection, detect, ownLines } from './detect.ts';
import { IptablesError } from './iptables-error.ts';
import { type Backend, type CallOptions, type ProgramOptions, programs } from './programs.ts';

export type { CallOptions } from './programs.ts';

export interface IptablesOptions extends ProgramOptions {
  /** `auto`: where the rules of others are, else what `iptables` is on this host. */
  backend: Backend | 'auto';
  /** What the names of our chains begin with, such as `VCN-CNI-`. */
  owner: string;
}

export interface Applied {
  backend: Backend;
  /** False: all was in place, nothing was written. */
  changed: boolean;
  /** The backend that held chains of ours from before, now without them. */
  cleaned?: Backend;
}

/** One family's rules. Each method rejects with {@link IptablesError}. */
export interface Iptables {
  detect(options?: CallOptions): Promise<Detection>;
  /**
   * Brings ours to `wanted` in the chosen backend, a transaction a table, and takes ours out of the other backend.
   * Chosen once, at the first call; `detect` chooses anew.
   */
  apply(wanted: Ruleset, options?: CallOptions): Promise<Applied>;
  /** Our chains and the built-in ones, of the chosen backend: what `diffRuleset` compares. */
  read(options?: CallOptions): Promise<SavedTable[]>;
  /** Everybody's rules of both backends, one after the other, as `iptables-save` prints them: for `parseSave`. */
  list(options?: CallOptions): Promise<string>;
  /** Removes ours from both backends. */
  remove(options?: CallOptions): Promise<void>;
}

/** Another program may write between our read and our restore; then the restore fails whole and is made anew. */
const attempts = 4;

export function iptables(settings: IptablesOptions): Iptables {
  const { owner, backend } = settings;
  const program = programs(settings);
  let chosen: Backend | undefined;
  let leftover: Backend | undefined;

  async function look(options?: CallOptions): Promise<Detection> {
    const detection = await detect(program, owner, backend, options);
    chosen = detection.chosen;
    const other = chosen === 'nft' ? 'legacy' : 'nft';
    const state = detection.backends[other];
    leftover = state.usable && state.ours ? other : undefined;
    return detection;
  }

  async function choose(options?: CallOptions): Promise<Backend> {
    if (chosen !== undefined) return chosen;
    const { because } = await look(options);
    if (chosen === undefined) throw new IptablesError('unsupported', because);
    return chosen;
  }

  async function readOwn(where: Backend, options?: CallOptions): Promise<SavedTable[]> {
    return parseSave(await program.save(where, ownLines(owner), options));
  }

  async function bring(where: Backend, wanted: Ruleset, options?: CallOptions): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const actual = await readOwn(where, options);
      const input = renderRuleset(wanted, owner, actual);
      if (input === '') return attempt > 1;
      try {
        await program.restore(where, input, options);
        return true;
      } catch (error) {
        const raced = error instanceof IptablesError && error.reason === 'refused';
        if (!raced || attempt === attempts) throw error;
      }
    }
  }

  return {
    detect: look,
    async apply(wanted, options) {
      const where = await choose(options);
      const changed = await bring(where, wanted, options);
      const cleaned = leftover;
      if (cleaned === undefined) return { backend: where, changed };
      await bring(cleaned, nothing, options);
      leftover = undefined;
      return { backend: where, changed: true, cleaned };
    },
    async read(options) {
      return readOwn(await choose(options), options);
    },
    async list(options) {
      const texts: string[] = [];
      for (const where of ['nft', 'legacy'] as const) {
        if ((await program.version(where, options)) === undefined) continue;
        try {
          texts.push(await program.save(where, () => true, options));
        } catch (error) {
          // Installed, and not in this kernel: nobody has rules there.
          if (!(error instanceof IptablesError) || error.reason === 'aborted') throw error;
        }
      }
      return texts.join('');
    },
    async remove(options) {
      const { backends } = await look(options);
      for (const where of ['nft', 'legacy'] as const) {
        const state = backends[where];
        if (state.usable && state.ours) await bring(where, nothing, options);
      }
    },
  };
}

const nothing: Ruleset = { chains: [], jumps: [] };
