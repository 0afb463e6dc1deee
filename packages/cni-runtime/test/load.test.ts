import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  confFiles,
  injectFields,
  LoadError,
  loadConflist,
  loadFirstNetwork,
  loadNetwork,
} from '../src/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'net.d-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, document: unknown): Promise<string> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
  return file;
}
const list = (name: string, ...types: string[]) => ({
  cniVersion: '1.0.0',
  name,
  plugins: types.map((type) => ({ type })),
});
const typesOf = ({ plugins }: { plugins: { type: string }[] }) => plugins.map(({ type }) => type);

it('appends the plugins of files beside the list, sorted, only .conf', async () => {
  const file = await put('10.conflist', list('pods', 'one'));
  await put('pods/20-b.conf', { type: 'three' });
  await put('pods/10-a.conf', { type: 'two', n: 1 });
  await put('pods/30.json', { type: 'no' });
  await put('pods/deep.conf/40.conf', { type: 'no' });
  await put('others/10.conf', { type: 'no' });
  expect(typesOf(await loadConflist(file))).toEqual(['one', 'two', 'three']);
  expect(typesOf(await loadNetwork(folder, 'pods'))).toEqual(['one', 'two', 'three']);
  await put('10.conflist', { ...list('pods', 'one'), loadOnlyInlinedPlugins: 'True' });
  expect(typesOf(await loadConflist(file))).toEqual(['one']);
});

it('takes a list of which all plugins are files, and refuses one that has none', async () => {
  const file = await put('10.conflist', { cniVersion: '1.0.0', name: 'pods' });
  await expect(loadConflist(file)).rejects.toMatchObject({ kind: 'no-plugins', code: 7, file });
  await put('pods/10.conf', { type: 'one' });
  expect(typesOf(await loadConflist(file))).toEqual(['one']);
  const broken = await put('pods/20.conf', '{');
  await expect(loadConflist(file)).rejects.toMatchObject({
    kind: 'malformed',
    code: 6,
    file: broken,
  });
});

it.each([
  ['[]', 6, 'not a JSON object'],
  ['{"name":"pods","plugins":[]}', 7, 'plugins []'],
  ['{"name":"pods","plugins":{}}', 7, 'plugins {}'],
  ['{"name":"pods","plugins":[{}]}', 7, 'plugins[0].type is missing'],
  ['{"plugins":[{"type":"a"}]}', 7, 'name is missing'],
  ['{"name":5,"plugins":[{"type":"a"}]}', 7, 'name 5'],
  ['{"name":"a","cniVersion":1,"plugins":[{"type":"a"}]}', 7, 'cniVersion 1'],
  ['{"name":"a","cniVersions":["v1"],"plugins":[{"type":"a"}]}', 7, 'cniVersions[0] "v1"'],
  ['{"name":"a","disableGC":"yes","plugins":[{"type":"a"}]}', 7, 'disableGC "yes"'],
  ['{"name":"a","loadOnlyInlinedPlugins":true}', 7, 'plugins is missing'],
])('names file, field and value of %s', async (text, code, words) => {
  const file = await put('10.conflist', text);
  const error = await loadConflist(file).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(LoadError);
  expect(error).toMatchObject({ kind: 'malformed', code, file });
  expect(error.message).toContain(file);
  expect(error.message).toContain(words);
});

it('finds a network by its name: the first list, else a single plugin', async () => {
  await put('20.conflist', list('pods', 'second'));
  await put('10.conflist', list('pods', 'first'));
  await put('00.conf', { cniVersion: '0.4.0', name: 'pods', type: 'single' });
  await put('05.json', { cniVersion: '0.4.0', name: 'alone', type: 'bridge', mtu: 1 });
  expect(typesOf(await loadNetwork(folder, 'pods'))).toEqual(['first']);
  expect(await loadNetwork(folder, 'alone')).toMatchObject({
    cniVersion: '0.4.0',
    name: 'alone',
    plugins: [{ type: 'bridge', mtu: 1 }],
  });
});

it('tells a missing folder, an empty one and a wrong name apart', async () => {
  const none = { kind: 'none', msg: expect.stringContaining('no net configurations found in') };
  await expect(loadNetwork(join(folder, 'missing'), 'pods')).rejects.toMatchObject(none);
  await expect(loadNetwork(folder, 'pods')).rejects.toMatchObject(none);
  await expect(loadFirstNetwork(folder)).rejects.toMatchObject(none);
  await put('10.conflist', list('others', 'one'));
  await expect(loadNetwork(folder, 'pods')).rejects.toMatchObject({
    kind: 'not-found',
    msg: `no net configuration with name "pods" in ${folder}`,
  });
  const file = await put('file', '');
  await expect(confFiles(file, ['.conf'])).rejects.toMatchObject({ kind: 'unreadable', code: 5 });
});

it('stops at a malformed file before the match, not after it', async () => {
  await put('10.conflist', list('pods', 'one'));
  const late = await put('20.conflist', '{');
  expect(typesOf(await loadNetwork(folder, 'pods'))).toEqual(['one']);
  await expect(loadNetwork(folder, 'others')).rejects.toMatchObject({ file: late });
});

it('takes the first file by name, of all three kinds', async () => {
  await put('20.conflist', list('late', 'one'));
  await put('10.conf', { cniVersion: '0.4.0', name: 'early', type: 'single' });
  await put('00.txt', 'x');
  await put('00.conflist.d/0.conf', '{');
  expect((await loadFirstNetwork(folder)).name).toBe('early');
  await put('05.conflist', '{');
  await expect(loadFirstNetwork(folder)).rejects.toMatchObject({ kind: 'malformed' });
});

it('sets fields over those of a plugin', () => {
  const plugin = { type: 'a', mtu: 1 };
  expect(injectFields(plugin, { mtu: 2, name: 'x' })).toEqual({ type: 'a', mtu: 2, name: 'x' });
  expect(() => injectFields(plugin, { '': 1 })).toThrow('a key is empty');
  expect(() => injectFields(plugin, { mtu: null })).toThrow('mtu is null');
  expect(() => injectFields(plugin, { type: '' })).toThrow('type ""');
});
