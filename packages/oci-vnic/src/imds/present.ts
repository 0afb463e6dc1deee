import { z } from 'zod';

/** A text that may be missing: the service leaves it out, sends null, an empty text, or the text `<null>`. */
export const maybeText = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === '' || text === '<null>' ? undefined : text));

/** Drops the fields that are undefined, so that they are absent. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
