import { CniError, ErrorCode, type Invocation } from '@vcn-cni/cni-spec';
import type { LinkSpec } from '@vcn-cni/netlink';
import { openContainer } from './namespace.ts';
import type { Plugin, World } from './plugin.ts';

/** Brings up `lo`. */
export const referenceLoopback: Plugin = (world) => ({
  async add({ ifname, netns, config: { prevResult } }) {
    requireLo(ifname);
    await setLo(world, netns, { name: 'lo', up: true });
    if (prevResult) return prevResult;
    return {
      cniVersion: '1.1.0',
      interfaces: [{ name: 'lo', mac: '00:00:00:00:00:00', mtu: 65536, sandbox: netns }],
      ips: [
        { address: '127.0.0.1/8', interface: 0 },
        { address: '::1/128', interface: 0 },
      ],
    };
  },
  async del({ netns }) {
    // A container that is gone has taken its loopback with it.
    if (netns !== '') await setLo(world, netns, { name: 'lo', up: false }).catch(() => {});
  },
  check: (invocation) => check(world, invocation),
  gc: async () => {},
  status: async () => {},
});

function requireLo(ifname: string): void {
  if (ifname === 'lo') return;
  throw new CniError(
    ErrorCode.InvalidEnvironment,
    'invalid env variables [CNI_IFNAME]',
    `CNI_IFNAME is ${ifname}; a container has one loopback, lo`,
  );
}

async function setLo(world: World, netns: string, link: LinkSpec): Promise<void> {
  await world.step();
  const container = openContainer(world, netns);
  try {
    await container.apply([{ op: 'link.set', link }]);
  } finally {
    container.close();
  }
}

async function check(world: World, { netns, config: { prevResult } }: Invocation): Promise<void> {
  const container = openContainer(world, netns);
  try {
    const { links, addresses } = await container.snapshot({ links: ['lo'] });
    const wanted = (prevResult?.ips ?? []).map(({ address }) => address);
    const missing = wanted.filter((each) => !addresses.some(({ address }) => address === each));
    const wrong = [
      ...(links[0]?.up ? [] : ['lo is down']),
      ...missing.map((address) => `${address} is not on lo`),
    ];
    if (wrong.length > 0)
      throw new CniError(
        ErrorCode.StateDiffers,
        'the loopback is not as it was made',
        wrong.join('; '),
      );
  } finally {
    container.close();
  }
}
