import type { z } from 'zod';
import { CniError } from './error/cni-error.ts';
import { show } from './show.ts';

/**
 * Checks a document against its schema and returns the document itself, so that key order and unknown
 * fields stay as they were. Throws CniError with `code`, naming each field and its value.
 */
export function validate<T>(schema: z.ZodType, document: unknown, what: string, code: number): T {
  const outcome = schema.safeParse(document);
  if (outcome.success) return document as T;
  const faults = outcome.error.issues.map((issue) => {
    const value = issue.path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
      document,
    );
    const where = fieldPath(issue.path);
    return value === undefined && where !== ''
      ? `${where} is missing`
      : `${where === '' ? '' : `${where} `}${show(value)}: ${issue.message}`;
  });
  throw new CniError(code, `invalid ${what}`, faults.join('; '));
}

/** `ips[0].address`, as a reader of JSON would write it. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
