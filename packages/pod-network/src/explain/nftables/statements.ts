import type { Expression, JsonObject } from '@vcn-cni/nftables';
import { bind } from '../conntrack.ts';
import { masquerade, redirect } from '../netfilter/nat-targets.ts';
import { CannotJudge } from '../trail.ts';
import type { Reader } from './evaluate.ts';
import { read } from './expression.ts';

/** `next`: with the statement behind; `return`: back to the calling chain. */
export type ChainResult = 'next' | 'accept' | 'return' | { drop: string };

/** Statements that never change a packet's way: counters, logs, elements put into sets, what is offloaded later. */
const bystanders = new Set([
  'counter',
  'log',
  'set',
  'add',
  'update',
  'delete',
  'quota',
  'last',
  'flow',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'secmark',
]);

export function changesNothing(statement: JsonObject): boolean {
  return bystanders.has(Object.keys(statement)[0] ?? '');
}

/** One statement that is no match and no plain verdict. */
export function applyStatement(
  statement: JsonObject,
  reader: Reader,
  text: string,
  place: { table: string; chain: string },
): ChainResult {
  const { at } = reader;
  const { space, skb, trail } = at;
  const [kind = '', value = null] = Object.entries(statement)[0] ?? [];
  const body = (value ?? {}) as JsonObject;
  switch (kind) {
    case 'reject':
      trail.step(space.name, 'filter', text, skb, place);
      return { drop: `${place.table} ${place.chain}: ${text}` };
    case 'mangle':
      mangle(body, reader);
      trail.step(space.name, isConnectionMark(body) ? 'conntrack' : 'chain', text, skb, place);
      return 'next';
    case 'notrack':
      skb.untracked = true;
      trail.step(space.name, 'conntrack', text, skb, place);
      return 'next';
    case 'dnat':
    case 'snat':
      translateTo(body, reader);
      break;
    case 'masquerade':
    case 'redirect': {
      const port = portOf(body, reader);
      const refused = kind === 'masquerade' ? masquerade(at, port) : redirect(at, port);
      if (refused !== undefined) return refused;
      break;
    }
    default:
      throw new CannotJudge(`statement ${kind}`);
  }
  trail.step(space.name, 'nat', text, skb, place);
  return 'accept';
}

function isConnectionMark({ key }: JsonObject): boolean {
  return typeof key === 'object' && key !== null && 'ct' in key;
}

/** A mark counts; a header field that nobody routes by, a priority or a trace does not. */
function mangle({ key = null, value = null }: JsonObject, reader: Reader): void {
  const { skb } = reader.at;
  const target = key as JsonObject;
  const part = (name: string) => target[name] as JsonObject | undefined;
  const meta = part('meta')?.['key'];
  const ct = part('ct')?.['key'];
  const isMark = meta === 'mark' || ct === 'mark';
  if (!isMark) {
    const field = String(part('payload')?.['field']);
    if (meta !== undefined || target['tcp option'] !== undefined || harmless.has(field)) return;
    throw new CannotJudge('what it sets is not followed');
  }
  const result = read(value, reader);
  if (typeof result !== 'number') throw new CannotJudge('the mark is no number');
  if (meta === 'mark') skb.mark = result;
  else if (skb.connection !== undefined) skb.connection.mark = result;
}

const harmless = new Set(['dscp', 'ecn', 'ttl', 'hoplimit']);

/** The address alone, with a port beside it, or both out of one map. */
function translateTo(body: JsonObject, reader: Reader): void {
  const { side, skb } = reader.at;
  if (side === undefined || skb.connection === undefined) throw new CannotJudge('outside nat');
  const value = body['addr'] === undefined ? [] : read(body['addr'], reader);
  const [address, mapped] = [value].flat();
  if (value === undefined || (address !== undefined && typeof address !== 'string')) {
    throw new CannotJudge('where to');
  }
  const port = typeof mapped === 'number' ? mapped : portOf(body, reader);
  bind(skb.connection, side, { address, port });
}

function portOf(body: JsonObject, reader: Reader): number | undefined {
  const port: Expression = body['port'] ?? null;
  if (port === null) return undefined;
  const value = read(port, reader);
  if (typeof value !== 'number') throw new CannotJudge('which port');
  return value;
}
