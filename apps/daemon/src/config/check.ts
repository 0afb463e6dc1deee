/** A document against the schema: the configuration, or every problem of it in words. */
import type { core } from 'zod';
import { findCollisions } from './collisions.ts';
import { ConfigError } from './config-error.ts';
import { findGaps } from './gaps.ts';
import { nearest } from './nearest.ts';
import type { Origins } from './overlay.ts';
import { type Config, configSchema } from './schema.ts';
import type { Setting } from './setting.ts';

/** @throws ConfigError naming each key, its value, where it came from and what to do. */
export function checkConfig(
  document: unknown,
  settings: readonly Setting[],
  origins: Origins,
): Config {
  const parsed = configSchema.safeParse(document, { reportInput: true });
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.flatMap((issue) => explain(issue, document, settings, origins)),
    );
  const gaps = findGaps(parsed.data).map(({ path, value, problem }) =>
    value === undefined
      ? `${path}: ${problem}${hint(path, settings)}`
      : `${path}: ${JSON.stringify(value)} ${problem}${from(path, origins)}`,
  );
  const collisions = findCollisions(parsed.data).map(
    ({ path, value, problem }) =>
      `${path}: ${JSON.stringify(value)} ${problem}${from(path, origins)}`,
  );
  if (gaps.length + collisions.length > 0) throw new ConfigError([...gaps, ...collisions]);
  return parsed.data;
}

function explain(
  issue: core.$ZodIssue,
  document: unknown,
  settings: readonly Setting[],
  origins: Origins,
): string[] {
  const path = issue.path.join('.').replaceAll(/\.(\d+)/g, '[$1]');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const full = path ? `${path}.${key}` : key;
      return `${full}: no such key${suggestion(full, settings)}${from('', origins)}`;
    });
  const value = issue.path.reduce<unknown>(
    (node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key],
    document,
  );
  if (value === undefined) return [`${path}: missing; set it${hint(path, settings)}`];
  const shown = JSON.stringify(value);
  const problem = issue.message.startsWith('is ') ? issue.message : `is refused: ${issue.message}`;
  return [`${path || 'the document'}: ${shown} ${problem}${from(path, origins)}`];
}

function hint(path: string, settings: readonly Setting[]): string {
  const setting = settings.find((candidate) => candidate.path === path);
  return setting ? ` (or set ${setting.variable}, or ${setting.flag})` : '';
}

function suggestion(path: string, settings: readonly Setting[]): string {
  const paths = settings.map((setting) => setting.path);
  const groups = [...new Set(paths.flatMap((p) => (p.includes('.') ? [p.split('.')[0]!] : [])))];
  const near = nearest(path, [...paths, ...groups]);
  return near ? `; did you mean ${near}?` : '; see vcn-cnid config --markdown for every key';
}

function from(path: string, origins: Origins): string {
  const origin = origins.get(path.replace(/\[.*/, '')) ?? origins.get('');
  return origin ? ` (from ${origin})` : '';
}
