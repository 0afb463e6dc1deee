import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { type FelixMode, type FelixTable, felixTables } from './felix-chains.ts';
import type { PolicyView } from './policy.ts';

/** A policy engine on a node, told what it has to know. */
export interface Felix {
  /** Puts this view in force, in both families; its jumps are put where the mode wants them anew. */
  apply(view: PolicyView): Promise<void>;
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
