import { builtinChains } from '../compare.ts';
import { parseSave } from '../parse-save.ts';
import type { SavedTable } from '../saved.ts';
import { IptablesError } from './iptables-error.ts';
import type { Backend, CallOptions, Programs } from './programs.ts';

export type { Backend } from './programs.ts';

export type BackendState =
  | {
      usable: true;
      version: string;
      /** Rules of others: who programs a node's rules in one backend expects everybody there. */
      foreignRules: number;
      /** Ours, and the built-in chains that lead to them. */
      tables: SavedTable[];
      /** Whether anything of ours is there. */
      ours: boolean;
    }
  | { usable: false; reason: string };

export interface Detection {
  backends: Record<Backend, BackendState>;
  /** Undefined if neither is usable. */
  chosen?: Backend;
  /** Why that one, in words. */
  because: string;
}

/** Looks in both backends; changes nothing. */
export async function detect(
  programs: Programs,
  owner: string,
  asked: Backend | 'auto',
  options?: CallOptions,
): Promise<Detection> {
  const nft = await look(programs, 'nft', owner, options);
  const legacy = await look(programs, 'legacy', owner, options);
  const backends = { nft, legacy };
  if (asked !== 'auto') {
    const state = backends[asked];
    if (state.usable) return { backends, chosen: asked, because: 'as configured' };
    return { backends, because: `the configured backend ${asked} is not usable: ${state.reason}` };
  }
  const plain = (await programs.version(undefined, options))?.backend;
  return { backends, ...choose(nft, legacy, plain) };
}

function choose(
  nft: BackendState,
  legacy: BackendState,
  plain: Backend | undefined,
): { chosen?: Backend; because: string } {
  if (!nft.usable && !legacy.usable) {
    return { because: `no usable iptables: nft ${nft.reason}; legacy ${legacy.reason}` };
  }
  if (!nft.usable) return { chosen: 'legacy', because: 'the only usable one' };
  if (!legacy.usable) return { chosen: 'nft', because: 'the only usable one' };
  if (nft.foreignRules !== legacy.foreignRules) {
    const chosen = nft.foreignRules > legacy.foreignRules ? 'nft' : 'legacy';
    return { chosen, because: 'the rules of others are there' };
  }
  return { chosen: plain ?? 'nft', because: 'what "iptables" on this host is' };
}

async function look(
  programs: Programs,
  backend: Backend,
  owner: string,
  options?: CallOptions,
): Promise<BackendState> {
  const found = await programs.version(backend, options);
  if (found === undefined) return { usable: false, reason: 'is not installed' };
  try {
    let rules = 0;
    const isOwn = ownLines(owner);
    const text = await programs.save(
      backend,
      (line) => {
        if (line.startsWith('-A ')) rules++;
        return isOwn(line);
      },
      options,
    );
    const tables = parseSave(text);
    const chains = tables.flatMap((table) => table.chains);
    const ours = chains.filter(({ name }) => name.startsWith(owner));
    const jumps = chains
      .filter(({ name }) => builtinChains.includes(name))
      .flatMap((chain) => chain.rules.filter(({ target }) => target?.name.startsWith(owner)));
    const ownRules = ours.reduce((sum, chain) => sum + chain.rules.length, jumps.length);
    return {
      usable: true,
      version: found.version,
      foreignRules: rules - ownRules,
      tables,
      ours: ours.length + jumps.length > 0,
    };
  } catch (error) {
    if (!(error instanceof IptablesError) || error.reason === 'aborted') throw error;
    return { usable: false, reason: error.message };
  }
}

/** Which lines of a save tell of ours and of the built-in chains. */
export function ownLines(owner: string): (line: string) => boolean {
  return (line) => {
    const start = line.startsWith(':') ? 1 : line.startsWith('-A ') ? 3 : 0;
    if (start === 0) return line.startsWith('*') || line === 'COMMIT';
    if (line.startsWith(owner, start)) return true;
    return builtinChains.includes(line.slice(start, line.indexOf(' ', start)));
  };
}
