import { canonicalAddress } from '@vcn-cni/netlink';
import type { Expression, JsonObject } from '@vcn-cni/nftables';
import { addressBits, contains } from '../address.ts';
import { CannotJudge } from '../trail.ts';
import type { Reader } from './evaluate.ts';
import { read } from './expression.ts';
import type { Value } from './value.ts';

/** Elements of an anonymous set or map, or of the named one. */
export function elementsOf(set: Expression, { table }: Reader): Expression[] {
  if (typeof set === 'string' && set.startsWith('@')) {
    const named = table.sets.find(({ name }) => name === set.slice(1));
    if (named === undefined) throw new CannotJudge(`set ${set} is not listed`);
    return named.elements;
  }
  const inner = (set as JsonObject | null)?.['set'];
  if (inner === undefined) throw new CannotJudge(`set ${JSON.stringify(set)}`);
  return Array.isArray(inner) ? inner : [inner];
}

/** What a map gives for a key; undefined where it has nothing, or where the key has no value. */
export function lookupMap(
  key: Expression,
  data: Expression,
  reader: Reader,
): Expression | undefined {
  const value = read(key, reader);
  if (value === undefined) return undefined;
  const pairs = elementsOf(data, reader).filter((pair) => Array.isArray(pair));
  const found = pairs.find(([pattern = null]) => pattern !== '*' && matches(value, pattern));
  return (found ?? pairs.find(([pattern]) => pattern === '*'))?.[1];
}

/** Whether a value is what an element or the right side of a match says. */
export function matches(value: Value, pattern: Expression): boolean {
  if (isObject(pattern)) {
    const { elem, prefix, range, concat, set } = pattern;
    if (elem !== undefined) return matches(value, (elem as JsonObject)['val'] ?? null);
    if (set !== undefined) return [set].flat().some((one) => matches(value, one));
    if (prefix !== undefined) {
      const { addr = '', len = 0 } = prefix as JsonObject;
      return typeof value === 'string' && contains(`${addr}/${len}`, value);
    }
    if (range !== undefined) return inRange(value, range as Expression[]);
    if (concat !== undefined) {
      const parts = concat as Expression[];
      return Array.isArray(value) && parts.every((part, at) => matches(value[at] ?? '', part));
    }
    throw new CannotJudge(`element ${JSON.stringify(pattern)}`);
  }
  if (Array.isArray(pattern)) return pattern.some((one) => matches(value, one));
  if (pattern === '*') return true;
  if (Array.isArray(value)) return false;
  if (typeof value === 'object') return value.any.some((one) => String(one) === String(pattern));
  if (typeof pattern === 'string' && pattern.endsWith('*')) {
    return String(value).startsWith(pattern.slice(0, -1));
  }
  return String(value) === String(pattern) || sameAddress(value, pattern);
}

function sameAddress(value: string | number, pattern: Expression): boolean {
  if (typeof value !== 'string' || typeof pattern !== 'string' || !value.includes(':'))
    return false;
  return pattern.includes(':') && canonicalAddress(pattern) === value;
}

function inRange(value: Value, [first = 0, last = 0]: Expression[]): boolean {
  if (typeof value === 'number') return value >= Number(first) && value <= Number(last);
  if (typeof value !== 'string') throw new CannotJudge('range of what is no number or address');
  const bits = addressBits(value);
  return addressBits(String(first)) <= bits && bits <= addressBits(String(last));
}

function isObject(expression: Expression): expression is JsonObject {
  return typeof expression === 'object' && expression !== null && !Array.isArray(expression);
}
