import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** What goes from one address to another takes a table that is not the source's. */
export interface Misroute {
  from: string;
  to: string;
  table: number | 'main';
}

/** Before every rule of the daemon's. */
const priority = 100;

/** Lets a node send by the wrong VNIC while `work` is done, by a rule of the kind that an operator gets wrong. */
export async function misroute<T>(
  node: SandboxNamespace,
  { from, to, table }: Misroute,
  work: () => Promise<T>,
): Promise<T> {
  const rule = ['from', from, 'to', to, 'lookup', `${table}`, 'priority', `${priority}`];
  const change = async (verb: 'add' | 'delete') => {
    const { code, stderr } = await node.exec('ip', [
      from.includes(':') ? '-6' : '-4',
      ...['rule', verb, ...rule],
    ]);
    if (code !== 0) throw new Error(`ip rule ${verb} ${rule.join(' ')}: ${stderr}`);
  };
  await change('add');
  try {
    return await work();
  } finally {
    await change('delete');
  }
}
