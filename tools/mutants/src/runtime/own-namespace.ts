import { recallAll } from './records.ts';
import { type Named, type RuntimeWorld, variable } from './runtime-world.ts';

/** Whether the runtime makes the namespaces of containers itself: OWN_NAMESPACES. */
export const makesNamespaces = (world: RuntimeWorld): boolean =>
  variable(world, 'OWN_NAMESPACES') !== '';

const nameOf = ({ id }: Pick<Named, 'id'>): string => `own-${id}`;

export const ownNamespace = (named: Pick<Named, 'id'>): string => `/run/netns/${nameOf(named)}`;

/** Does an operation between the making of the container's namespace and its removal. */
export async function withOwnNamespace(
  world: RuntimeWorld,
  operation: string,
  named: Named,
  operate: () => Promise<unknown>,
): Promise<unknown> {
  const name = nameOf(named);
  // It is there already when the container gets another interface.
  if (operation === 'add') await world.caller.run(['ip', 'netns', 'add', name]);
  const said = await operate();
  if (operation !== 'del' || world.is('leaves-namespace')) return said;
  const others = (await recallAll(world)).some((kept) => kept.named.id === named.id);
  if (!others) await world.caller.run(['ip', 'netns', 'delete', name]);
  return said;
}
