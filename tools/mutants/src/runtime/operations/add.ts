import {
  CniError,
  convertResult,
  ErrorCode,
  isContainerId,
  isInterfaceName,
  parseResultDocument,
  printJson,
  type ResultDocument,
} from '@vcn-cni/cni-spec';
import { executePlugin } from '../execute-plugin.ts';
import { loadList } from '../load-list.ts';
import { keep, keepLast, recall, recallLast } from '../records.ts';
import type { Named, RuntimeWorld } from '../runtime-world.ts';
import { providedBy } from './provided.ts';

/** The result, as JSON. */
export async function add(world: RuntimeWorld, named: Named): Promise<string> {
  const list = await loadList(world, named.network);
  requireNames(world, named);
  const kept = await recall(world, named);
  const there = kept?.named.id === named.id && kept.named.ifname === named.ifname;
  if (there && kept.results.length > 0 && !world.is('adds-twice'))
    throw new Error(`${named.id} has ${named.ifname} already`);
  if (!world.is('no-del-after-failed-add')) await keep(world, { named, list, results: [] });

  const results: ResultDocument[] = [];
  const errors: unknown[] = [];
  const ordered = world.is('add-backward') ? list.plugins.toReversed() : list.plugins;
  const some = world.is('add-skips-last') && ordered.length > 1;
  const plugins = some ? ordered.slice(0, -1) : ordered;
  for (const [index, plugin] of plugins.entries()) {
    const prevResult = await resultBefore(world, results);
    const inserted = { provided: providedBy(world), prevResult };
    try {
      const call = { verb: 'ADD', list, plugin, index, named, inserted } as const;
      const text = await executePlugin(world, call);
      if (text !== undefined) results.push(read(world, text, list.cniVersion));
    } catch (error) {
      errors.push(error);
      if (!world.is('add-continues')) break;
    }
  }
  if (errors.length > 0) {
    if (world.is('add-hides-failure')) return '{}';
    throw world.is('add-hides-words') ? new Error('it failed') : errors[0];
  }
  await keep(world, { named, list, results });
  return printJson(results.at(-1));
}

function requireNames(world: RuntimeWorld, { id, ifname }: Named): void {
  const rightId = isContainerId(id) || world.is('accepts-container-id');
  const rightName = isInterfaceName(ifname) || world.is('accepts-ifname');
  if (rightId && rightName) return;
  throw new CniError(ErrorCode.InvalidEnvironment, `${id} or ${ifname} is not allowed`);
}

async function resultBefore(
  world: RuntimeWorld,
  results: readonly ResultDocument[],
): Promise<ResultDocument | undefined> {
  const last = results.at(-1);
  if (!last) {
    if (world.is('second-add-has-prev-result')) return recallLast(world);
    return world.is('first-add-has-prev-result') ? { cniVersion: '1.0.0' } : undefined;
  }
  if (world.is('second-add-has-prev-result')) await keepLast(world, last);
  if (world.is('add-without-prev-result')) return undefined;
  return world.is('add-prev-result-of-first') ? results[0] : last;
}

function read(world: RuntimeWorld, text: string, version: string): ResultDocument {
  try {
    return convertResult(parseResultDocument(text, { configVersion: version }), version).document;
  } catch (error) {
    if (world.is('accepts-malformed-result')) return { cniVersion: version } as ResultDocument;
    throw error;
  }
}
