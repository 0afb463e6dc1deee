import { CniError, ErrorCode, type Invocation } from '@vcn-cni/cni-spec';
import { delegate } from '../delegate.ts';
import type { Plugin, World } from '../plugin.ts';
import { isListed } from '../same-key.ts';
import { doAll } from '../undo.ts';
import { addInterface, ipamType } from './addition.ts';
import { openAttachments } from './attachment.ts';
import { checkInterface } from './check.ts';
import { deleteInterface, removeFromHost } from './deletion.ts';

/** A veth pair for a container, as the plugin ptp makes it; addresses by the IPAM plugin of the configuration. */
export const referenceInterface: Plugin = (world) => ({
  add: (invocation) => addInterface(world, invocation),
  del: (invocation) => deleteInterface(world, invocation),
  check: (invocation) => checkInterface(world, invocation),
  gc: (invocation) => collect(world, invocation),
  status: (invocation) => status(world, invocation),
});

async function collect(world: World, invocation: Invocation): Promise<void> {
  const { config } = invocation;
  const known = await openAttachments(world.caller.root, config.name).list();
  const stale = known.filter((key) => !isListed(key, config));
  if (world.is('gc-stops-at-delegate-failure')) await collectDelegate(world, invocation);
  await doAll([
    ...stale.map((key) => () => removeFromHost(world, config.name, key)),
    () => collectDelegate(world, invocation),
  ]);
}

async function collectDelegate(world: World, invocation: Invocation): Promise<void> {
  const ipam = ipamType(invocation.config);
  if (ipam === undefined || world.is('gc-skips-delegate')) return;
  const list = /"cni.dev\/(valid-)?attachments"/g;
  if (world.is('gc-delegate-without-list')) {
    const stdin = String(world.caller.stdin).replaceAll(list, '"$1list"');
    await delegate(world, invocation, ipam, 'GC', stdin);
  } else await delegate(world, invocation, ipam, 'GC');
}

async function status(world: World, invocation: Invocation): Promise<void> {
  const ipam = ipamType(invocation.config);
  if (ipam === undefined) return;
  try {
    await delegate(world, invocation, ipam, 'STATUS');
  } catch (error) {
    if (!CniError.is(error) || error.code !== ErrorCode.InvalidNetworkConfig) throw error;
    throw new CniError(ErrorCode.PluginNotAvailable, error.msg, error.details);
  }
}
