import { describe, expect, it } from 'vitest';
import { parseConflist } from '../src/conflist/parse-conflist.ts';
import { CniError } from '../src/error/cni-error.ts';
import { parseError } from '../src/error/parse-error.ts';
import { type Environment, parseEnvironment } from '../src/invocation/environment.ts';
import { printJson } from '../src/json.ts';
import { parseNetworkConfig } from '../src/network-config/parse-network-config.ts';
import { parseResultDocument } from '../src/result/parse-result.ts';
import { supportedVersions } from '../src/version.ts';
import { fixtures, type Invalid } from './fixtures.ts';

/** Each kind of JSON document: its folder and what reads it. */
const documents: Record<string, (document: unknown) => unknown> = {
  'network-config': parseNetworkConfig,
  conflist: parseConflist,
  error: parseError,
  ...Object.fromEntries(
    supportedVersions.map((version) => [`result/${version}`, parseResultDocument]),
  ),
};

const kinds: typeof documents = {
  ...documents,
  environment: (document) => parseEnvironment(document as Environment),
};

describe.each(Object.entries(kinds))('%s', (kind, parse) => {
  it.each(fixtures(`${kind}/valid`))('takes %s', (_name, document) => {
    const { document: inner } = document as { document?: unknown };
    expect(() => parse(inner ?? document)).not.toThrow();
  });

  it.each(fixtures<Invalid>(`${kind}/invalid`))('refuses %s', (_name, fixture) => {
    const error = caught(() => parse(fixture.document));
    expect(error.code).toBe(fixture.code);
    for (const name of fixture.names) expect(error.message).toContain(name);
  });
});

describe.each(Object.entries(documents))('%s as text', (kind, parse) => {
  it.each(fixtures(`${kind}/valid`))(
    'reads text, bytes and objects of %s alike',
    (_name, document) => {
      const inner = (document as { document?: unknown }).document ?? document;
      const text = printJson(inner);
      expect(parse(text)).toEqual(parse(inner));
      expect(parse(new TextEncoder().encode(text))).toEqual(parse(inner));
    },
  );

  it.each([
    ['', 'empty'],
    ['{not json', 'not JSON'],
    ['{} trailing', 'not JSON'],
    ['\uFEFF{}', 'not JSON'],
    ['7', 'not a JSON object'],
  ])('refuses the text %j with code 6', (text, words) => {
    const error = caught(() => parse(text));
    expect(error.code).toBe(6);
    expect(error.message).toContain(words);
  });
});

it('refuses bytes that are not UTF-8', () => {
  const bytes = new TextEncoder().encode('{"name":"_","type":"test"}');
  bytes[9] = 0xff;
  expect(caught(() => parseNetworkConfig(bytes)).code).toBe(6);
});

function caught(run: () => unknown): CniError {
  try {
    run();
  } catch (error) {
    if (CniError.is(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
