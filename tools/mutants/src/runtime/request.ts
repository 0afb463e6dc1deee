import type { Conflist, PluginConfig, ResultDocument, Verb } from '@vcn-cni/cni-spec';
import type { RuntimeWorld } from './runtime-world.ts';

const known = ['type', 'capabilities', 'ipMasq', 'ipam', 'dns', 'args', 'mtu'];

/** What a plugin gets by standard input. */
export function request(
  world: RuntimeWorld,
  verb: Verb,
  list: Conflist,
  plugin: PluginConfig,
  inserted: {
    prevResult?: ResultDocument | undefined;
    provided?: Readonly<Record<string, unknown>>;
    keys?: Readonly<Record<string, unknown>>;
  },
): Record<string, unknown> {
  const { capabilities, ...own } = passed(world, verb, plugin);
  const runtimeConfig = matched(world, verb, plugin, inserted.provided ?? {});
  const withoutName = world.is('omits-name') || (world.is('del-omits-name') && verb === 'DEL');
  return {
    ...own,
    ...(world.is('keeps-capabilities') && capabilities !== undefined ? { capabilities } : {}),
    ...(!withoutName && !(world.is('keeps-name-of-plugin') && own['name']) && { name: list.name }),
    ...(!world.is('omits-version') &&
      !(world.is('keeps-version-of-plugin') && own['cniVersion']) && {
        cniVersion: list.cniVersion,
      }),
    ...(Object.keys(runtimeConfig).length > 0 && { runtimeConfig }),
    ...(inserted.prevResult && { prevResult: inserted.prevResult }),
    ...inserted.keys,
  };
}

/** The plugin's own fields. */
function passed(world: RuntimeWorld, verb: Verb, plugin: PluginConfig): Record<string, unknown> {
  const dropsUnknown =
    world.is('drops-unknown-fields') || (world.is('del-drops-unknown-fields') && verb === 'DEL');
  const entries = Object.entries(plugin)
    .filter(([name]) => !dropsUnknown || known.includes(name))
    .filter(([, value]) => !(world.is('drops-null-fields') && value === null))
    .filter(([name]) => !(world.is('drops-args-field') && name === 'args'))
    .filter(([name]) => !(world.is('del-lacks-own-fields') && verb === 'DEL' && name === 'mtu'));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, world.is('drops-empty-fields') ? filled(value) : value]),
  );
}

/** Without empty lists and texts. */
function filled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(
    ([, inner]) => inner !== '' && !(Array.isArray(inner) && inner.length === 0),
  );
  return Object.fromEntries(entries);
}

function matched(
  world: RuntimeWorld,
  verb: Verb,
  { capabilities = {} }: PluginConfig,
  provided: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (world.is('del-without-runtime-config') && verb === 'DEL') return {};
  if (world.is('check-without-runtime-config') && verb === 'CHECK') return {};
  if (world.is('passes-undeclared-capabilities')) return { ...provided };
  const declared = (name: string) =>
    world.is('passes-denied-capability') ? name in capabilities : capabilities[name] === true;
  return Object.fromEntries(Object.entries(provided).filter(([name]) => declared(name)));
}
