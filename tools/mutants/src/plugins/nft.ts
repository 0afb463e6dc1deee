import { createHash } from 'node:crypto';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import type { World } from './plugin.ts';
import type { Key } from './records.ts';

/** The same for the same attachment, so that DEL finds what ADD made without having been told. */
export const digest = (network: string, { containerId, ifname }: Key): string =>
  createHash('sha256').update(`${network}/${containerId}/${ifname}`).digest('hex').slice(0, 11);

/** Makes a table of exactly these lines, in one transaction. */
export const putTable = (world: World, table: string, lines: readonly string[]): Promise<void> =>
  nft(world, [`add table ${table}`, `delete table ${table}`, `table ${table} {`, ...lines, '}']);

/** Deletes a table; there need be none. */
export async function removeTable({ caller }: World, table: string): Promise<void> {
  const { exitCode, stderr } = await caller.run(['nft', 'delete', 'table', ...words(table)]);
  if (exitCode !== 0 && !stderr.includes('No such file or directory')) throw refused(stderr);
}

/** The text of a table; empty if there is none. */
export async function readTable({ caller }: World, table: string): Promise<string> {
  return (await caller.run(['nft', 'list', 'table', ...words(table)])).stdout;
}

async function nft({ caller }: World, lines: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await caller.run(['nft', '-f', '-'], { stdin: lines.join('\n') });
  if (exitCode !== 0) throw refused(stderr);
}

const refused = (stderr: string): CniError =>
  new CniError(ErrorCode.KernelRefused, 'nft failed', stderr.trim());

const words = (text: string) => text.split(' ');
