import type { Expression, JsonObject } from '@vcn-cni/nftables';
import { CannotJudge } from '../trail.ts';
import type { Reader } from './evaluate.ts';
import { read } from './expression.ts';
import { elementsOf, matches } from './sets.ts';
import type { Value } from './value.ts';

/** Whether a `match` statement lets the rule go on. An expression without a value (a port of icmp) ends the rule. */
export function matchHolds(match: JsonObject, reader: Reader): boolean {
  const { op = '==', left = null, right = null } = match;
  const value = read(left, reader);
  if (value === undefined) return false;
  switch (op) {
    case '==':
    case 'in':
      return isIn(value, right, reader);
    case '!=':
      return !isIn(value, right, reader);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return compare(value, op, right);
    default:
      throw new CannotJudge(`operator ${op}`);
  }
}

function isIn(value: Value, right: Expression, reader: Reader): boolean {
  if (typeof right === 'string' && right.startsWith('@')) {
    return elementsOf(right, reader).some((element) => matches(value, element));
  }
  // exists and missing: of an interface that was looked for.
  if (typeof right === 'boolean') return (value !== 0 && value !== '') === right;
  return matches(value, right);
}

function compare(value: Value, op: '<' | '>' | '<=' | '>=', right: Expression): boolean {
  if (typeof value !== 'number' || typeof right !== 'number') throw new CannotJudge(`${op}`);
  if (op === '<') return value < right;
  if (op === '>') return value > right;
  return op === '<=' ? value <= right : value >= right;
}
