/** Reading and taking apart documents whose shape was checked, but whose type varies by version. */
import { parseInet } from '../inet.ts';
import type { Loss } from './loss.ts';

export type Fields = Record<string, unknown>;

export function fieldsOf(value: unknown): Fields {
  return value as Fields;
}

/** Go writes null for an empty list. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Without keys that hold nothing. */
export function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** A copy without those of the named keys that are null. */
export function withoutNulls(fields: Fields, keys: readonly string[]): Fields {
  const rest = { ...fields };
  for (const key of keys) if (rest[key] === null) delete rest[key];
  return rest;
}

/** The lists that have something in them. */
export function filled(lists: Record<string, unknown[]>): Fields {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

/** Takes the named keys away, and reports each that held something. */
export function without(
  fields: Fields,
  keys: readonly string[],
  path: string,
  reason: string,
  losses: Loss[],
): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => {
      if (!keys.includes(key)) return true;
      if (value !== undefined && value !== null) {
        losses.push({ path: path === '' ? key : `${path}.${key}`, value, reason });
      }
      return false;
    }),
  );
}

/** The `version` of an address: an IPv4 address written as IPv6 (`::ffff:10.0.0.1`) counts as "4". */
export function addressFamily(address: unknown): '4' | '6' | undefined {
  const inet = parseInet(String(address).split('/')[0]!);
  if (!inet) return undefined;
  const mapped = inet.parts.slice(0, 6).join(':') === '0:0:0:0:0:65535';
  return inet.family === 4 || mapped ? '4' : '6';
}
