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
    const text = await programs.save(backend, options);
    const tables = parseOwn(text, owner);
    const ownRules = count(text, new RegExp(`^-A ${owner}`, 'gm'));
    const jumps = tables.flatMap(({ chains }) => chains.flatMap(({ rules }) => rules));
    const into = jumps.filter(({ target }) => target?.name.startsWith(owner)).length;
    return {
      usable: true,
      version: found.version,
      foreignRules: count(text, /^-A /gm) - ownRules - into,
      tables,
      ours: into > 0 || tables.some(({ chains }) => chains.some((c) => c.name.startsWith(owner))),
    };
  } catch (error) {
    if (!(error instanceof IptablesError) || error.reason === 'aborted') throw error;
    return { usable: false, reason: error.message };
  }
}

/** Ours and the built-in chains, of a save that may hold ten thousands of other rules. */
export function parseOwn(text: string, owner: string): SavedTable[] {
  return parseSave(text, {
    chains: (name) => name.startsWith(owner) || builtinChains.includes(name),
  });
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  while (pattern.exec(text) !== null) found++;
  return found;
}
