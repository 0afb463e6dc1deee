/** Puts settings given as text (environment variables, flags) over a configuration document. */
import { ConfigError } from './config-error.ts';
import type { Setting } from './setting.ts';

/** Where a value came from, by path; for error messages. */
export type Origins = Map<string, string>;

type Document = Record<string, unknown>;

/** @throws ConfigError when the text is not of the setting's type. */
export function overlay(
  document: Document,
  values: Iterable<{ setting: Setting; text: string; origin: string }>,
  origins: Origins,
): Document {
  const result = structuredClone(document);
  const problems: string[] = [];
  for (const { setting, text, origin } of values) {
    try {
      put(result, setting.path.split('.'), read(setting, text));
      origins.set(setting.path, origin);
    } catch (error) {
      problems.push(`${setting.path}: ${(error as Error).message} (from ${origin})`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return result;
}

function put(document: Document, path: string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    document[key] = value;
    return;
  }
  const child = document[key];
  document[key] = typeof child === 'object' && child !== null && !Array.isArray(child) ? child : {};
  put(document[key] as Document, rest, value);
}

function read(setting: Setting, text: string): unknown {
  switch (setting.type) {
    case 'string':
      return text;
    case 'list':
      return text.split(',').flatMap((part) => part.trim() || []);
    case 'boolean':
      if (text === 'true' || text === '1') return true;
      if (text === 'false' || text === '0') return false;
      throw new Error(`${JSON.stringify(text)} is not true or false`);
    case 'number':
      if (/^(0x[0-9a-f]+|\d+(\.\d+)?)$/i.test(text)) return Number(text);
      throw new Error(`${JSON.stringify(text)} is not a number`);
  }
}
