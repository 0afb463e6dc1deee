import type { Role } from '../case.ts';
import { expectSuccess } from '../judge/expect-success.ts';
import { Finding } from '../judge/finding.ts';
import type { PluginHarness } from '../plugin-harness.ts';
import type { Opened } from '../run/run-case.ts';

/**
 * What a plugin is, by what it does: with nothing before it, it brings up `lo`, makes an interface, or only gives
 * addresses; or it needs a result of another. Throws Error with what it said when none of these works.
 */
export async function detectRole(
  open: (role: Role) => Promise<Opened<PluginHarness>>,
): Promise<Role> {
  const said: string[] = [];
  for (const role of ['interface', 'loopback', 'chained'] as const) {
    await using opened = await open(role);
    const on = opened.harness;
    const container = await on.container();
    const call = await on.call('ADD', container);
    try {
      expectSuccess(call);
    } catch (error) {
      if (!(error instanceof Finding)) throw error;
      said.push(`${role}: ${error.message}`);
      continue;
    }
    if (role !== 'interface') return role;
    const links = await on.sh(container, 'ip -o link show');
    if (
      links.stdout.includes(` ${container.ifname}@`) ||
      links.stdout.includes(` ${container.ifname}:`)
    ) {
      return 'interface';
    }
    const { interfaces } = (call.document ?? {}) as { interfaces?: unknown[] };
    return interfaces?.length ? 'loopback' : 'ipam';
  }
  throw new Error(
    `the plugin does no ADD with this configuration, in no role; correct it, or name its role in the hints\n${said.join('\n')}`,
  );
}
