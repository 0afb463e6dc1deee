import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hintsSchema } from '@vcn-cni/cni-conformance';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { hintsMarkdown } from '../src/explain/hints-markdown.ts';
import { parseHints } from '../src/input/parse-hints.ts';
import { pluginConfig } from '../src/input/plugin-config.ts';

const docs = join(import.meta.dirname, '../../../docs/conformance');
const read = (path: string) => readFileSync(join(docs, path), 'utf8');

it('the reference of hints is what the command prints (npm run -s conformance -- hints)', () => {
  const [, table] = /<!-- hints: begin -->\n(.*)<!-- hints: end -->/s.exec(read('README.md')) ?? [];
  const schema = z.toJSONSchema(hintsSchema, { io: 'input' }) as Record<string, unknown>;
  expect(table).toBe(`\n${hintsMarkdown(schema)}\n`);
});

it.each(readdirSync(join(docs, 'hints')))('hints/%s can be used', (name) => {
  expect(() => parseHints(read(`hints/${name}`), name)).not.toThrow();
  expect(readdirSync(join(docs, 'configs'))).toContain(name);
});

it.each(readdirSync(join(docs, 'configs')))('configs/%s can be used', (name) => {
  const text = read(`configs/${name}`);
  expect(() => pluginConfig(text, name, JSON.parse(text).type)).not.toThrow();
});
