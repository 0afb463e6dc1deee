import { hintsSchema, type JsonObject, type Role } from '@vcn-cni/cni-conformance';
import { openPlugin, type PluginRun } from '@vcn-cni/cni-conformance/harness';
import type { CniVersion } from '@vcn-cni/cni-spec';
import type { Installed } from './install.ts';
import { mutants } from './mutants/all-mutants.ts';
import { typeOf } from './plugins/all-plugins.ts';
import { stopFile } from './plugins/stoppable.ts';

const ipam = {
  type: typeOf('ipam'),
  subnets: ['10.90.0.0/24', 'fd00:90::/64'],
  routes: [{ dst: '0.0.0.0/0' }, { dst: '::/0' }],
};

const smallIpam = { ...ipam, subnets: ['10.91.0.0/29', 'fd00:91::/64'] };

const configs: Readonly<Record<Role, JsonObject>> = {
  interface: { ipam, ipMasq: true },
  chained: { mtu: 1400 },
  ipam: { ipam },
  loopback: {},
  meta: { delegate: { type: typeOf('interface'), ipam } },
};

/** Six addresses, less the gateway's. */
const exhaust: Partial<Record<Role, JsonObject>> = {
  interface: { ipam: smallIpam },
  ipam: { ipam: smallIpam },
  meta: { delegate: { type: typeOf('interface'), ipam: smallIpam } },
};

const record = 'rm /var/lib/cni/reference-*/reference/$CONTAINER_ID:$IFNAME';
const tamper: Partial<Record<Role, { what: string; command: string }[]>> = {
  interface: [{ what: 'the record of the attachment', command: record }],
  chained: [{ what: 'the record of the adjustment', command: record }],
};

export interface ReferenceOptions {
  /** A name of `mutants`; default: it is healthy. */
  readonly mutant?: string;
  readonly version?: CniVersion;
}

/** Opens a reference plugin for cases, broken in one way or in none. */
export async function openReference(
  installed: Installed,
  role: Role,
  { mutant, version }: ReferenceOptions = {},
): Promise<PluginRun> {
  const known = mutants.find(({ name }) => name === mutant);
  if (mutant !== undefined && !known) throw new RangeError(`no mutant ${mutant}`);
  const type = typeOf(role);
  const config = exhaust[role];
  const wanted = version ?? known?.version;
  const run = await openPlugin(
    {
      bin: `${await installed.folder(mutant)}/${type}`,
      config: { name: 'reference', type, ...configs[role] },
      // What it delegates to is never broken.
      cniPath: [await installed.folder()],
      hints: hintsSchema.parse({
        role,
        stop: `: >${stopFile}`,
        resume: `rm ${stopFile}`,
        tamper: tamper[role] ?? [],
        ...(config && { exhaust: { config, attachments: 5 } }),
        deadlineSeconds: known?.hangs ? 2 : 20,
      }),
    },
    wanted === undefined ? {} : { version: wanted },
  );
  // Not before it has told its versions: how it does that is what some cases try.
  if (mutant !== undefined) installed.breakAs(mutant);
  return run;
}
