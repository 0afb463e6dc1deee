import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import { type KernelNamespace, NetlinkError } from '@vcn-cni/netlink/driver';
import { delegate } from '../delegate.ts';
import { openContainer, openHostOf } from '../namespace.ts';
import { putTable, removeTable } from '../nft.ts';
import type { World } from '../plugin.ts';
import { undoing } from '../undo.ts';
import { attachmentOf, masqueradeLines, namesOf, openAttachments } from './attachment.ts';
import { addressOperations, hostOperations, randomMac, routeSpec } from './operations.ts';

/** ADD: a veth pair with the addresses that the IPAM plugin gives. */
export async function addInterface(world: World, invocation: Invocation): Promise<Result> {
  using namespaces = new DisposableStack();
  const container = namespaces.adopt(openContainer(world, invocation.netns), close);
  const host = namespaces.adopt(openHostOf(world), close);
  try {
    return await attach(world, invocation, { host, container });
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
    throw new CniError(ErrorCode.KernelRefused, 'the kernel refused', error.message);
  }
}

const close = (namespace: KernelNamespace): void => namespace.close();

async function attach(
  world: World,
  invocation: Invocation,
  { host, container }: { host: KernelNamespace; container: KernelNamespace },
): Promise<Result> {
  const { config, ifname, netns } = invocation;
  const { link, alias, table } = namesOf(config.name, invocation);
  const { links } = await container.snapshot({ links: [ifname] });
  if (links.length > 0) throw exists(`${netns} has an interface ${ifname}`);
  if ((await host.snapshot({ links: [link] })).links.length > 0) {
    throw exists(`the host has an interface ${link}`);
  }
  return undoing(world, async (undo) => {
    const ipam = ipamType(config);
    let given: Result = { cniVersion: '1.1.0' };
    if (ipam !== undefined) {
      if (!world.is('add-failure-without-delegate-del'))
        undo(async () => void (await delegate(world, invocation, ipam, 'DEL')));
      const asked = delegate(world, invocation, ipam, 'ADD');
      given =
        (await (world.is('add-ignores-ipam-failure') ? asked.catch(() => given) : asked)) ?? given;
    }
    const ips = given.ips ?? [];
    const attachment = attachmentOf(ips, config['ipMasq'] === true);
    const records = openAttachments(world.caller.root, config.name);
    await world.step();
    undo(() => records.remove(invocation));
    await records.write(invocation, attachment);
    await world.step();
    const macs = { host: randomMac(), container: randomMac() };
    const mtu = config.mtu || 1500;
    undo(async () => void (await host.apply([{ op: 'link.delete', name: link }])));
    await host.apply(
      [
        {
          op: 'link.create',
          link: {
            ...{ name: link, kind: 'veth', mac: macs.host, mtu, alias },
            peer: { name: ifname, mac: macs.container, mtu, namespace: 'container' },
          },
        },
      ],
      { namespaces: { container } },
    );
    await world.step();
    await container.apply([{ op: 'link.set', link: { name: ifname, up: true } }]);
    await host.apply([{ op: 'link.set', link: { name: link, up: true } }]);
    await world.step();
    await container.apply(addressOperations(ifname, ips));
    await world.step();
    await host.apply(hostOperations(link, attachment, macs.container));
    await world.step();
    const { routes: there } = await container.snapshot();
    const specs = (given.routes ?? []).map((route) => routeSpec(ifname, route, ips, there));
    const routes = (given.routes ?? []).map((route, at) => ({
      ...route,
      ...(specs[at]!.priority !== undefined && { priority: specs[at]!.priority }),
    }));
    await container.apply(specs.map((route) => ({ op: 'route.put', route })));
    if (attachment.masqueraded) {
      await world.step();
      undo(() => removeTable(world, table));
      await putTable(world, table, masqueradeLines(attachment));
    }
    const before = config.prevResult;
    const at = (before?.interfaces?.length ?? 0) + 1;
    const dns = config.dns ?? given.dns ?? before?.dns;
    return {
      ...before,
      cniVersion: '1.1.0',
      interfaces: [
        ...(before?.interfaces ?? []),
        { name: link, mac: macs.host, mtu },
        { name: ifname, mac: macs.container, mtu, sandbox: netns },
      ],
      ips: [...(before?.ips ?? []), ...ips.map((ip) => ({ ...ip, interface: at }))],
      routes: [...(before?.routes ?? []), ...routes],
      ...(dns && { dns }),
    };
  });
}

export function ipamType({ ipam }: Invocation['config']): string | undefined {
  return (ipam as { type?: string } | undefined)?.type;
}

const exists = (what: string): CniError =>
  new CniError(ErrorCode.InterfaceExists, 'the interface exists', `${what}; call DEL before ADD`);
