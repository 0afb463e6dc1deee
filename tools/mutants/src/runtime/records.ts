import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Conflist, parseJson, printJson, type ResultDocument } from '@vcn-cni/cni-spec';
import type { Named, RuntimeWorld } from './runtime-world.ts';

/** What is kept of an ADD. */
export interface Kept {
  readonly named: Named;
  readonly list: Conflist;
  /** Of every plugin; none after an ADD that failed. */
  readonly results: readonly ResultDocument[];
}

const folderOf = ({ caller }: RuntimeWorld) => `${caller.root}/run/reference-runtime`;

function fileOf(world: RuntimeWorld, { network, id, ifname }: Named): string {
  const names = world.is('one-result-a-network')
    ? [network]
    : world.is('one-result-a-container')
      ? [network, id]
      : [network, id, ifname];
  const name = names.join(world.is('joins-names-by-hyphens') ? '-' : '+');
  return join(folderOf(world), encodeURIComponent(name));
}

export async function keep(world: RuntimeWorld, kept: Kept): Promise<void> {
  await mkdir(folderOf(world), { recursive: true });
  // Others read at the same time: a file is there whole, or not at all.
  const next = `${folderOf(world)}-${randomUUID()}`;
  await writeFile(next, printJson(kept));
  await rename(next, fileOf(world, kept.named));
}

export const recall = (world: RuntimeWorld, named: Named): Promise<Kept | undefined> =>
  read(fileOf(world, named));

export async function recallAll(world: RuntimeWorld): Promise<Kept[]> {
  const names = await readdir(folderOf(world)).catch(() => []);
  const found = names.map((name) => read<Kept>(join(folderOf(world), name)));
  return (await Promise.all(found)).filter((kept) => kept !== undefined);
}

async function read<Value>(path: string): Promise<Value | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (parseJson(text) as Value);
}

export async function forget(world: RuntimeWorld, named: Named): Promise<void> {
  await rm(fileOf(world, named), { force: true });
}

/** Where `second-add-has-prev-result` keeps what should be gone. */
const lastOf = (world: RuntimeWorld) => `${folderOf(world)}-last`;

export async function keepLast(world: RuntimeWorld, result: ResultDocument): Promise<void> {
  await writeFile(lastOf(world), printJson(result));
}

export const recallLast = (world: RuntimeWorld): Promise<ResultDocument | undefined> =>
  read(lastOf(world));
