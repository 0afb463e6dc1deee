import { printJson } from '@vcn-cni/cni-spec';

/** Whether two values say the same as JSON, whatever the order of their keys; `undefined` says nothing. */
export function sameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

const canonical = (value: unknown): string | undefined => printJson(sorted(value));

/** A number that was kept as it was written is an object that the language froze. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (Object.prototype.toString.call(value) !== '[object Object]' || Object.isFrozen(value))
    return value;
  const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
