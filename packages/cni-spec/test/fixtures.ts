/** The fixtures are data for programs in any language; this reads them for the tests of this package. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseJson } from '../src/json.ts';

const root = new URL('../fixtures/', import.meta.url);

/** `[file name, document]` of each file of a folder. */
export function fixtures<T = unknown>(folder: string): [name: string, document: T][] {
  const url = new URL(`${folder}/`, root);
  return readdirSync(url).map((name) => [
    name.replace(/\.json$/, ''),
    parseJson(readFileSync(new URL(name, url), 'utf8')) as T,
  ]);
}

/** What a file of an `invalid` folder holds: the document, the code, and what the message has to name. */
export interface Invalid {
  document: unknown;
  code: number;
  names: string[];
}

/** One execution as it was recorded. */
export interface Recorded {
  plugin: string;
  env: Record<string, string>;
  stdin: string;
  rc: number;
  stdout: string;
}

export function recordings(): [file: string, lines: Recorded[]][] {
  const url = new URL('recorded/', root);
  return readdirSync(url).map((name) => [
    name,
    readFileSync(new URL(name, url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded),
  ]);
}
