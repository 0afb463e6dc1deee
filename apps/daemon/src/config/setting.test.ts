import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { configMarkdown } from './markdown.ts';
import { listSettings } from './setting.ts';

test('every setting has a description, a variable and a flag of its own', () => {
  const settings = listSettings();
  expect(settings.filter(({ description }) => !/^[A-Z].+\.$/s.test(description))).toEqual([]);
  for (const key of ['path', 'variable', 'flag'] as const)
    expect(new Set(settings.map((setting) => setting[key])).size).toBe(settings.length);
});

test('CONFIGURATION.md is what the schema says; write it with: vcn-cnid config --markdown', async () => {
  const page = await readFile(new URL('../../CONFIGURATION.md', import.meta.url), 'utf8');
  expect(page).toBe(configMarkdown(listSettings()));
});
