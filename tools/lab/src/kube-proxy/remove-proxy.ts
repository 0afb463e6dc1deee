import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** Takes away what `proxyServices` put in force on a node in nftables mode. */
export async function removeProxy(host: SandboxNamespace): Promise<void> {
  // The first of each pair makes sure that there is one to delete.
  const input = ['ip', 'ip6']
    .flatMap((family) => [`table ${family} kube-proxy`, `delete table ${family} kube-proxy`])
    .join('\n');
  const { code, stderr } = await host.exec('nft', ['-f', '-'], { input: `${input}\n` });
  if (code !== 0) throw new Error(`nft: ${stderr}`);
}
