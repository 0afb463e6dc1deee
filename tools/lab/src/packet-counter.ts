import { randomBytes } from 'node:crypto';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** Counts packets from its making until it is disposed of. */
export interface PacketCounter extends AsyncDisposable {
  packets(): Promise<number>;
}

/**
 * Counts what comes into a namespace, by an nft match as `ip daddr 10.0.1.5 icmp type 8`, before anything else there
 * has looked at it; with the hook `input`, what is for the namespace itself and nothing there has dropped before.
 * @throws Error where nft does not understand it
 */
export async function countPackets(
  namespace: SandboxNamespace,
  match: string,
  hook: 'prerouting' | 'input' = 'prerouting',
): Promise<PacketCounter> {
  const table = `inet counting-${randomBytes(4).toString('hex')}`;
  const nft = async (args: string[], input = '') => {
    const { code, stdout, stderr } = await namespace.exec('nft', args, { input });
    if (code !== 0) throw new Error(`nft ${args.join(' ')}: ${stderr}${input}`);
    return stdout;
  };
  const chain = `chain seen { type filter hook ${hook} priority -400; ${match} counter; }`;
  await nft(['-f', '-'], `table ${table} { ${chain}; }\n`);
  const which = table.split(' ');
  return {
    async packets() {
      const text = await nft(['list', 'table', ...which]);
      return Number(/counter packets (\d+)/.exec(text)![1]);
    },
    [Symbol.asyncDispose]: async () => void (await nft(['delete', 'table', ...which])),
  };
}
