import { describe, expect, it } from 'vitest';
import { fixtures } from '../../test/fixtures.ts';
import { conflistOfPlugin, parseConflist } from './parse-conflist.ts';

interface Valid {
  document: { plugins?: unknown };
  expect: object;
}

describe('parseConflist', () => {
  it.each(fixtures<Valid>('conflist/valid'))('reads %s', (_name, fixture) => {
    const list = parseConflist(fixture.document);
    expect(list).toMatchObject(fixture.expect);
    expect(list.plugins).toEqual(fixture.document.plugins ?? []);
  });

  it('chooses among the versions of the runtime', () => {
    const document = { name: 'a', cniVersions: ['1.1.0', '0.4.0'] };
    expect(parseConflist(document, { supportedVersions: ['0.1.0', '0.4.0'] }).cniVersion).toBe(
      '0.4.0',
    );
  });
});

describe('conflistOfPlugin', () => {
  it('makes a list of one', () => {
    const plugin = { cniVersion: '0.4.0', name: 'a', type: 'bridge', mtu: 1 };
    expect(conflistOfPlugin(JSON.stringify(plugin))).toMatchObject({
      cniVersion: '0.4.0',
      name: 'a',
      plugins: [plugin],
    });
  });

  it('needs a type and a name', () => {
    expect(() => conflistOfPlugin({ name: 'a' })).toThrow('type is missing');
    expect(() => conflistOfPlugin({ type: 'a' })).toThrow('name is missing');
  });
});
