import { type Expression, formatExpression, type JsonObject } from '@vcn-cni/nftables';
import { CannotJudge } from '../trail.ts';
import { readConntrack } from './conntrack-value.ts';
import type { Reader } from './evaluate.ts';
import { readFib } from './fib-value.ts';
import { readMeta } from './meta-value.ts';
import { readPayload } from './payload-value.ts';
import { lookupMap } from './sets.ts';
import type { Value } from './value.ts';

/**
 * The value of an expression for the packet; undefined where it has none, which ends the rule.
 * @throws CannotJudge
 */
export function read(expression: Expression, reader: Reader): Value | undefined {
  if (typeof expression === 'string' || typeof expression === 'number') return expression;
  if (Array.isArray(expression)) return { any: expression.map(String) };
  if (expression === null || typeof expression === 'boolean') {
    throw new CannotJudge(`expression ${expression}`);
  }
  const [kind = '', inner = null] = Object.entries(expression)[0] ?? [];
  const body = inner as JsonObject;
  switch (kind) {
    case 'meta':
      return readMeta(body, reader.at);
    case 'payload':
      return readPayload(body, reader.at.skb);
    case 'ct':
      return readConntrack(body, reader.at);
    case 'fib':
      return readFib(body, reader.at);
    case 'numgen':
      return draw(body, expression, reader);
    case 'concat':
      return concat(inner as Expression[], reader);
    case 'map': {
      const found = lookupMap(body['key'] ?? null, body['data'] ?? null, reader);
      return found === undefined ? undefined : read(found, reader);
    }
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return calculate(kind, inner as Expression[], reader);
    default:
      throw new CannotJudge(formatExpression(expression));
  }
}

function concat(parts: Expression[], reader: Reader): Value[] | undefined {
  const values = parts.map((part) => read(part, reader));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** A drawing of lots, followed every way; `inc` counts connections, which is as good as chance here. */
function draw(body: JsonObject, expression: Expression, { at }: Reader): number {
  const count = Number(body['mod'] ?? 1);
  const text = `${at.table}: ${formatExpression(expression)}`;
  const options = Array.from({ length: count }, (_, index) => String(index));
  const taken = at.trail.choose(at.space.name, text, options, at.skb);
  return taken + Number(body['offset'] ?? 0);
}

function calculate(
  operator: '&' | '|' | '^' | '<<' | '>>',
  operands: Expression[],
  reader: Reader,
): Value | undefined {
  const [first, ...others] = operands.map((operand) => read(operand, reader));
  if (first === undefined) return undefined;
  // `tcp flags & (syn | ack)`: of the flags that are there, those of the mask.
  if (typeof first === 'object' && 'any' in first && operator === '&') {
    const mask = others.flatMap((o) => (typeof o === 'object' && 'any' in o ? o.any : [o]));
    return first.any.filter((flag) => mask.includes(flag)).join('|');
  }
  return others.reduce<Value>((value, other) => {
    if (typeof value !== 'number' || typeof other !== 'number') {
      throw new CannotJudge(`${operator} of what is no number`);
    }
    return bitwise(operator, value, other);
  }, first);
}

function bitwise(operator: '&' | '|' | '^' | '<<' | '>>', one: number, other: number): number {
  switch (operator) {
    case '&':
      return (one & other) >>> 0;
    case '|':
      return (one | other) >>> 0;
    case '^':
      return (one ^ other) >>> 0;
    case '<<':
      return (one << other) >>> 0;
    case '>>':
      return one >>> other;
  }
}
