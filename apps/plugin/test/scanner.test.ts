import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frameLimits, topLevelString } from '@vcn-cni/cni-runtime/plugin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builds } from './plugin-builds.ts';
import { draws, randomJson } from './random-json.ts';

const compiled = builds.some(({ name }) => name === 'relay');

/** With the sanitizers, so that a read outside the text ends the program. */
describe.runIf(compiled)('the scanner of the relay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vcn-cni-'));
  const driver = join(folder, 'driver');
  const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

  beforeAll(() => {
    const sources = ['relay/json.c', 'relay/digest.c', 'test/scanner-driver.c'].map(path);
    const flags = ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    const folders = ['-I', path('relay'), '-I', path('build')];
    const words = [...flags, ...folders, '-o', driver, ...sources];
    const { status, stderr } = spawnSync(process.env['CC'] || 'gcc', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const scan = (texts: readonly Uint8Array[]): string[] => {
    const input = Buffer.concat(
      texts.flatMap((text) => {
        const head = Buffer.alloc(4);
        head.writeUInt32BE(text.length);
        return [head, text];
      }),
    );
    const options = { input, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 } as const;
    const { status, stdout, stderr } = spawnSync(driver, [], options);
    if (status !== 0) throw new Error(stderr);
    return stdout.trimEnd().split('\n');
  };

  const expected = (text: Uint8Array): string => {
    const member = (key: string) => {
      const value = topLevelString(text, key);
      return value === undefined ? '-' : JSON.stringify(value);
    };
    const digest = createHash('sha256').update(text).digest('hex');
    return `${member('cniVersion')} ${member('name')} ${digest}`;
  };

  const compare = (texts: readonly Uint8Array[]) => {
    const lines = scan(texts);
    expect(lines).toHaveLength(texts.length);
    const wrong = texts.findIndex((text, index) => lines[index] !== expected(text));
    const shown = wrong < 0 ? '' : Buffer.from(texts[wrong] as Uint8Array).toString();
    expect({ shown, line: lines[wrong] }).toEqual({ shown: '', line: undefined });
  };

  it('agrees with JSON.parse about 50,000 texts, good and bad', () => {
    const draw = draws(1);
    const texts = Array.from({ length: 50_000 }, () => randomJson(draw));
    const found = texts.filter((text) => topLevelString(text, 'cniVersion') !== undefined);
    expect(found.length).toBeGreaterThan(2_000);
    compare(texts);
  });

  it('agrees with JSON.parse about each byte put into each place', () => {
    const text = Buffer.from('{"a":[10,-0.5e+3,{}],"cniVersion":"1\\u002e0"}');
    const texts = [...text.keys()].flatMap((at) =>
      Array.from({ length: 256 }, (_, byte) => {
        const copy = Buffer.from(text);
        copy[at] = byte;
        return copy;
      }),
    );
    compare(texts);
  });

  it('takes as many brackets as fit into standard input', () => {
    const half = (frameLimits.stdin - 34) / 2;
    const deep = `{"cniVersion":"1.0.0","a":${'['.repeat(half)}${']'.repeat(half)}}`;
    compare([Buffer.from(deep), Buffer.alloc(frameLimits.stdin, '['), Buffer.alloc(0)]);
  });
});
