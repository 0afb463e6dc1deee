import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { iptablesRules } from './iptables-rules.ts';
import type { KubeService } from './kube-service.ts';
import { nftScript } from './nft-script.ts';
import { nftablesRules } from './nftables-rules.ts';
import type { ProxyNode } from './proxy-node.ts';
import { restoreInput } from './restore-input.ts';

export type ProxyMode = 'iptables' | 'nftables';

/**
 * Puts kube-proxy's rules for these Services in force on a node, in place of those of before.
 * @throws Error with what `iptables-restore` or `nft` said
 */
export async function proxyServices(
  host: SandboxNamespace,
  mode: ProxyMode,
  services: readonly KubeService[],
  node: ProxyNode,
): Promise<void> {
  if (mode === 'nftables') {
    for (const family of ['inet', 'inet6'] as const) {
      await demand(host, 'nft', ['-f', '-'], nftScript(nftablesRules(services, node, family)));
    }
    return;
  }
  // So that 127.0.0.1 has node ports too, as kube-proxy does in this mode.
  await demand(host, 'sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet']);
  for (const family of ['inet', 'inet6'] as const) {
    const program = family === 'inet' ? 'iptables' : 'ip6tables';
    const known = await host.exec(program, ['-w', '-t', 'nat', '-S', 'KUBE-SERVICES']);
    const tables = iptablesRules(services, node, family);
    const input = restoreInput(tables, { jumps: known.code !== 0 });
    await demand(host, `${program}-restore`, ['-w', '--noflush'], input);
  }
}

async function demand(host: SandboxNamespace, command: string, args: string[], input = '') {
  const { code, stderr } = await host.exec(command, args, { input });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.slice(0, 1000)}`);
}
