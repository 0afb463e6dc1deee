import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import type { LabPaths } from './lab-paths.ts';

/** What of a node an attachment may leave behind, as lines of text that compare. */
export async function hostState(node: SandboxNamespace, paths: LabPaths): Promise<string[]> {
  const listings: [kind: string, command: string, args: string[]][] = [
    ['link', 'ip', ['-o', 'link', 'show']],
    ['address', 'ip', ['-o', 'address', 'show']],
    ['route', 'ip', ['-4', 'route', 'show', 'table', 'all']],
    ['route -6', 'ip', ['-6', 'route', 'show', 'table', 'all']],
    ['rule', 'ip', ['-4', 'rule', 'show']],
    ['rule -6', 'ip', ['-6', 'rule', 'show']],
    ['neighbour', 'ip', ['neighbour', 'show', 'nud', 'permanent']],
    ['filter', 'nft', ['list', 'ruleset']],
  ];
  const texts = await Promise.all(
    listings.map(async ([kind, command, args]) => {
      const { stdout } = await node.exec(command, args);
      return lines(stdout).map((line) => `${kind}: ${line}`);
    }),
  );
  const spooled = await readdir(`${paths.run}/spool`).catch(() => []);
  return [...texts.flat(), ...spooled.map((file) => `spool: ${file}`)];
}

/** Waits for the end of duplicate detection: a second after a link came up, its addresses look otherwise. */
export async function noneTentative(node: SandboxNamespace): Promise<void> {
  const tentative = async () =>
    (await node.exec('ip', ['-6', 'address', 'show', 'tentative'])).stdout;
  while ((await tentative()) !== '') await sleep(50);
}

/** Counters and lifetimes move by themselves; those of iptables-nft stand in the text of nft. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/ (expires|used|pref) \S+/g, '')
        .replace(/\bcounter packets \d+ bytes \d+/g, '')
        .trim(),
    )
    .filter((line) => line !== '');
}
