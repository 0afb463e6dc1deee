import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import type { Plugin, World } from '../plugin.ts';
import { isListed, isSame } from '../same-key.ts';
import { undoing } from '../undo.ts';
import { openPool } from './pool.ts';
import { ipamSettings } from './settings.ts';

/** Gives an address of each subnet, and keeps who holds it in files. */
export const referenceIpam: Plugin = (world) => ({
  add: (invocation) => add(world, invocation),
  async del({ config, ...key }) {
    const pool = openPool(world.caller.root, config.name);
    for (const { address, holder } of await pool.held()) {
      await world.step();
      if (isSame(holder, key)) await pool.release(address);
    }
  },
  async check({ config, ...key }) {
    if (world.is('check-ignores-reservation')) return;
    const { subnets } = ipamSettings(config);
    const held = await openPool(world.caller.root, config.name).held();
    const own = held.filter(({ holder }) => isSame(holder, key)).map(({ address }) => address);
    const given = config.prevResult?.ips?.map(({ address }) => address.split('/')[0]!);
    const missing = given?.filter((address) => !own.includes(address)) ?? [];
    if (own.length < subnets.length || (own.length > 0 && missing.length > 0)) {
      throw new CniError(
        ErrorCode.StateDiffers,
        'the addresses are not reserved as they were given',
        `reserved for ${key.containerId} ${key.ifname}: ${own.join(', ') || 'none'}; prevResult has ${given?.join(', ')}`,
      );
    }
  },
  async gc({ config }) {
    const pool = openPool(world.caller.root, config.name);
    for (const { address, holder } of await pool.held()) {
      await world.step();
      if (!isListed(holder, config)) await pool.release(address);
    }
  },
  async status({ config }) {
    const { subnets } = ipamSettings(config);
    const pool = openPool(world.caller.root, config.name);
    for (const subnet of subnets) {
      if (await pool.hasRoom(subnet)) continue;
      throw new CniError(ErrorCode.PluginNotAvailable, `no address of ${subnet} is free`);
    }
  },
});

async function add(world: World, { config, ...key }: Invocation): Promise<Result> {
  const { subnets, routes, dns } = ipamSettings(config);
  const pool = openPool(world.caller.root, config.name);
  if ((await pool.held()).some(({ holder }) => isSame(holder, key))) {
    throw new CniError(
      ErrorCode.InterfaceExists,
      'the attachment has addresses already',
      `${key.containerId} ${key.ifname} in network ${config.name}; call DEL before ADD`,
    );
  }
  return undoing(world, async (undo) => {
    const ips: { address: string; gateway: string }[] = [];
    for (const subnet of subnets) {
      await world.step();
      const given = await pool.reserve(subnet, key);
      if (!given) throw new CniError(ErrorCode.TryAgainLater, `no address of ${subnet} is free`);
      undo(() => pool.release(given.address.split('/')[0]!));
      ips.push(given);
    }
    return { cniVersion: '1.1.0', ips, routes, ...(dns && { dns }) };
  });
}
