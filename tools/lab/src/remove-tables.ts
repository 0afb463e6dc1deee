import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** Takes tables of these names away from nftables, in both families, where they are. */
export async function removeTables(
  host: SandboxNamespace,
  names: readonly string[],
): Promise<void> {
  // The first of each pair makes sure that there is one to delete.
  const input = ['ip', 'ip6']
    .flatMap((family) => names.map((name) => `${family} ${name}`))
    .flatMap((table) => [`table ${table}`, `delete table ${table}`])
    .join('\n');
  const { code, stderr } = await host.exec('nft', ['-f', '-'], { input: `${input}\n` });
  if (code !== 0) throw new Error(`nft: ${stderr}`);
}
