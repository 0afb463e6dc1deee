import { convertResult } from '@vcn-cni/cni-spec';
import type { Delegate, DelegateScript } from '../../delegate.ts';
import type { JsonObject } from '../../evidence.ts';
import { Skip } from '../../judge/skip.ts';
import type { PluginHarness } from '../../plugin-harness.ts';

/** Of no configuration that is tried: RFC 2544 keeps it for measurements, RFC 3849 for documentation. */
export const fakeAddresses = {
  ips: [{ address: '198.18.7.5/24', gateway: '198.18.7.1' }],
  routes: [{ dst: '0.0.0.0/0' }],
};

export const fakeAddressesOfBothFamilies = {
  ips: [...fakeAddresses.ips, { address: '2001:db8:7::5/64', gateway: '2001:db8:7::1' }],
  routes: [...fakeAddresses.routes, { dst: '::/0' }],
};

export interface FakeIpam {
  readonly ipam: Delegate;
  /** To be merged over the configuration. */
  readonly config: JsonObject;
}

/** A scripted IPAM plugin in place of that of the configuration. Throws Skip where there is none. */
export async function fakeIpam(
  on: PluginHarness,
  script: DelegateScript = {},
  result: JsonObject = fakeAddresses,
): Promise<FakeIpam> {
  const ipam = on.config['ipam'] as JsonObject | undefined;
  if (ipam?.['type'] === undefined) {
    throw new Skip('the configuration has no ipam: the plugin delegates to nobody');
  }
  const shaped = convertResult({ cniVersion: '1.0.0', dns: {}, ...result }, on.version).document;
  const delegate = await on.delegate('fake-ipam', {
    ...script,
    ADD: { stdout: JSON.stringify(shaped), ...script['ADD'] },
  });
  return { ipam: delegate, config: { ipam: { type: 'fake-ipam' } } };
}

/** What a plugin says that fails; `code` is one that plugins may choose for themselves. */
export const failure = (
  { version }: Pick<PluginHarness, 'version'>,
  msg = 'told to fail',
): { exitCode: number; stdout: string } => ({
  exitCode: 1,
  stdout: JSON.stringify({ cniVersion: version, code: 150, msg, details: 'for a test' }),
});
