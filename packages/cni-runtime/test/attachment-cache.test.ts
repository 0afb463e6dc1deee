import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConflist } from '@vcn-cni/cni-spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttachmentCache } from '../src/cache/attachment-cache.ts';
import { printCacheFile } from '../src/cache/cache-file.ts';
import type { CachedAttachment } from '../src/cache/cached-attachment.ts';
import { temporaryFile, writeAtomically } from '../src/cache/write-atomically.ts';
import { listText } from '../src/operation/list-text.ts';

const fixture = (name: string) =>
  readFile(new URL(`../fixtures/libcni/${name}`, import.meta.url), 'utf8');

const result = {
  cniVersion: '1.0.0',
  interfaces: [{ name: 'eth0', mac: '02:00:00:00:00:01', sandbox: '/run/netns/a' }],
  ips: [{ address: '10.88.0.9/24', gateway: '10.88.0.1', interface: 0 }],
  routes: [{ dst: '0.0.0.0/0' }],
};
const key = { network: 'pods', containerId: 'c1', ifname: 'eth0' };
const entry: CachedAttachment = {
  ...key,
  netns: '/run/netns/a',
  args: [
    ['IgnoreUnknown', '1'],
    ['K8S_POD_NAME', 'p1'],
  ],
  capabilities: { ips: ['10.88.0.9/24'] },
  result,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cache-'));
});
afterEach(() => rm(folder, { recursive: true }));
const put = async (name: string, text: string) => {
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(join(folder, 'results', name), text);
};

describe('libcni', () => {
  it('wrote what is read here', async () => {
    await put('pods-c1-eth0', await fixture('written-by-libcni'));
    const { netns: _, ...rest } = entry;
    const config = await fixture('10-pods.conflist');
    const read = await createAttachmentCache(folder).read(key);
    expect(read).toEqual({ ...rest, config, result: { ...result, dns: {} } });
  });

  it('read what is written here', async () => {
    const config = listText(parseConflist(await fixture('10-pods.conflist')));
    const text = printCacheFile({ ...entry, config });
    expect(text).toBe(await fixture('written-by-ours'));
    const told = JSON.parse(await fixture('ours-as-libcni-reads-it.json'));
    expect(told.config).toBe(config);
    expect(told.args).toEqual(entry.args);
    expect(told.capabilityArgs).toEqual(entry.capabilities);
    expect(told.result).toEqual({ ...result, dns: {} });
  });
});

it('keeps, lists and removes', async () => {
  const cache = createAttachmentCache(folder);
  expect(await cache.read(key)).toBeUndefined();
  await cache.remove(key);
  const exact = { ...entry, config: '{"n":12345678901234567890}', capabilities: { n: 2n ** 64n } };
  await cache.write(exact);
  expect(await cache.read(key)).toEqual(exact);
  expect(await cache.list()).toEqual({ attachments: [exact], unreadable: [] });
  const mode = async (path: string) => ((await stat(join(folder, path))).mode & 0o777).toString(8);
  expect(await mode('results')).toBe('700');
  expect(await mode('results/pods-c1-eth0')).toBe('600');
  await cache.remove(key);
  expect(await cache.list()).toEqual({ attachments: [], unreadable: [] });
});

it('takes a bare result, the form before cniCacheV1', async () => {
  await put('pods-c1-eth0', JSON.stringify(result));
  const cache = createAttachmentCache(folder);
  expect(await cache.read(key)).toEqual({ ...key, result });
  expect((await cache.list()).attachments).toEqual([]);
});

it.each([
  ['', 'is empty'],
  ['{"kind":"cniCacheV1","containerId":"c1","conf', 'not JSON'],
  ['{"kind":"cniCacheV2"}', 'kind is "cniCacheV2"'],
  ['{"kind":"cniCacheV1","networkName":"pods","ifName":"eth0"}', 'containerId is missing'],
])('names a file that holds %j', async (text, words) => {
  await put('pods-c1-eth0', text);
  const cache = createAttachmentCache(folder);
  await expect(cache.read(key)).rejects.toThrow(words);
  await expect(cache.read(key)).rejects.toThrow(join(folder, 'results/pods-c1-eth0'));
  expect((await cache.list()).unreadable).toHaveLength(1);
  await cache.claim(key);
  await cache.remove(key);
  expect(await readdir(join(folder, 'results'))).toEqual([]);
});

it('leaves the file of another attachment alone that has the same name', async () => {
  const cache = createAttachmentCache(folder);
  await cache.write({ network: 'a', containerId: 'b-c', ifname: 'eth0' });
  const other = { network: 'a-b', containerId: 'c', ifname: 'eth0' };
  expect(await cache.read(other)).toBeUndefined();
  await expect(cache.claim(other)).rejects.toThrow('network a, container b-c');
  await cache.remove(other);
  expect((await cache.list()).attachments).toHaveLength(1);
});

it('has the old file or the new one, whenever writing stops', async () => {
  const file = join(folder, 'results/pods-c1-eth0');
  await writeAtomically(file, 'old');
  // What a crash leaves: part of the new text, not yet in its place.
  await writeFile(temporaryFile(file), '{"kind":"cniCach');
  const cache = createAttachmentCache(folder);
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(join(folder, 'results'))).toEqual(['pods-c1-eth0']);
  await cache.write(entry);
  expect(await cache.read(key)).toEqual(entry);
  expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
});

it('says what it may not write', async () => {
  await writeFile(join(folder, 'results'), '');
  await expect(createAttachmentCache(folder).write(entry)).rejects.toMatchObject({
    code: 5,
    msg: expect.stringContaining('results'),
  });
});
