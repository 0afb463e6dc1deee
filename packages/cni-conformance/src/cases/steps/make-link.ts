import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { mustRun } from './must-run.ts';

/**
 * A link of somebody else's, up, with addresses and routes: one end of a veth pair, of which every kernel with network
 * namespaces knows; its peer is beside it.
 */
export async function makeLink(
  on: PluginHarness,
  where: 'host' | Container,
  name: string,
  {
    mac = '02:dd:00:00:00:01',
    addresses = [],
    routes = [],
  }: { mac?: string; addresses?: readonly string[]; routes?: readonly string[] } = {},
): Promise<void> {
  const lines = [
    `ip link add name ${name} address ${mac} type veth peer name ${name}-peer`,
    ...addresses.map((each) => `ip address add ${each} dev ${name}`),
    `ip link set dev ${name} up`,
    `ip link set dev ${name}-peer up`,
    ...routes.map((each) => `ip route add ${each} dev ${name}`),
  ];
  await mustRun(on, where, lines.join(' && '));
}
