import type { Nft } from '@vcn-cni/nftables/driver';
import { packetsOf } from './count-vnic.ts';

/** Counts what the fabric sees, from its making until it is disposed of. */
export interface PacketCounter extends AsyncDisposable {
  packets(): Promise<number>;
}

/**
 * Counts packets before anything else has looked at them.
 * @param match an nft match, as `ip daddr 10.0.1.5 icmp type 8`
 * @throws NftError where nft does not understand it
 */
export async function countPackets(nft: Nft, name: string, match: string): Promise<PacketCounter> {
  const table = { family: 'inet', name } as const;
  await nft.apply({
    ...table,
    chains: [
      {
        name: 'seen',
        base: { type: 'filter', hook: 'prerouting', priority: -400 },
        rules: [{ text: `${match} counter` }],
      },
    ],
  });
  return {
    packets: async () => packetsOf(await nft.read(table)),
    [Symbol.asyncDispose]: () => nft.remove(table),
  };
}
