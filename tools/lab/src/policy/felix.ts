import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { type FelixMode, type FelixTable, felixTables } from './felix-chains.ts';
import type { PolicyView } from './policy.ts';

/** A policy engine on a node, told what it has to know. */
export interface Felix {
  /** Puts this view in force, in both families; its jumps are put where the mode wants them anew. */
  apply(view: PolicyView): Promise<void>;
  /** Packets for the pod behind a link that this view has dropped so far. */
  drops(link: string, family: 'inet' | 'inet6'): Promise<number>;
}

/** @param prefix what names of the host ends begin with (`FELIX_INTERFACEPREFIX`). */
export function createFelix(node: SandboxNamespace, mode: FelixMode, prefix = 'oci'): Felix {
  let installed = false;
  return {
    async apply(view) {
      for (const family of ['inet', 'inet6'] as const) {
        const tables = felixTables(family, prefix, view, mode);
        const input = tables.map((table) => render(table, mode, installed)).join('');
        const program = family === 'inet' ? 'iptables-restore' : 'ip6tables-restore';
        const { code, stderr } = await node.exec(program, ['--noflush', '--wait'], { input });
        if (code !== 0) throw new Error(`${program}: ${stderr}\n${input}`);
      }
      installed = true;
    },
    async drops(link, family) {
      const program = family === 'inet' ? 'iptables' : 'ip6tables';
      const args = ['--wait', '-t', 'filter', '-vxnL', `cali-tw-${link}`];
      const { code, stdout, stderr } = await node.exec(program, args);
      if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
      const counts = [...stdout.matchAll(/^ *(\d+) +\d+ +DROP /gm)].map(([, count]) =>
        Number(count),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

function render({ table, chains, jumps }: FelixTable, mode: FelixMode, again: boolean): string {
  const front = mode.chainInsertMode === 'Insert';
  return [
    `*${table}`,
    ...chains.map(([name]) => `:${name} - [0:0]`),
    ...chains.flatMap(([name, ...rules]) => rules.map((rule) => `-A ${name} ${rule}`)),
    ...jumps.flatMap(({ from, rule, always }) => [
      ...(again ? [`-D ${from} ${rule}`] : []),
      `${front && !always ? '-I' : '-A'} ${from} ${rule}`,
    ]),
    'COMMIT\n',
  ].join('\n');
}
