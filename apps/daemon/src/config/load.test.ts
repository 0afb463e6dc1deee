import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cnid-'));
  file = join(directory, 'config.json');
});
afterEach(() => rm(directory, { recursive: true }));

const pool = { blocks: ['10.0.1.0/28'] };

async function load(
  document: unknown,
  environment: Record<string, string> = {},
  flags: Record<string, string> = {},
) {
  await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
  return loadConfig({ file, environment, flags });
}

async function problems(...args: Parameters<typeof load>): Promise<readonly string[]> {
  const error = await load(...args).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).problems.map((problem) => problem.replaceAll(file, 'FILE'));
}

test('environment wins over the file, flags win over both', async () => {
  const config = await load(
    { pool, log: { level: 'warn' }, mtu: 1500, mark: '0x40' },
    {
      VCN_CNI_LOG_LEVEL: 'error',
      VCN_CNI_POOL_BLOCKS: '10.9.0.0/24, fd00::/112',
      VCN_CNI_MTU: '9000',
    },
    { '--log-level': 'debug', '--metadata-guard': 'false' },
  );
  expect(config.log.level).toBe('debug');
  expect(config.mtu).toBe(9000);
  expect(config.mark).toBe(0x40);
  expect(config.pool.blocks).toEqual(['10.9.0.0/24', 'fd00::/112']);
  expect(config.metadataGuard).toBe(false);
  expect(config.socket).toBe('/run/vcn-cni/cni.sock');
});

test("what the plugin and Kubernetes put into the environment is not the daemon's", async () => {
  await load(
    { pool },
    {
      VCN_CNI_TIMEOUT_MS: '1',
      VCN_CNI_SERVICE_HOST: '10.96.0.7',
      VCN_CNI_SERVICE_PORT_HTTP: '80',
      VCN_CNI_PORT_80_TCP_ADDR: '10.96.0.7',
      VCN_CNI_CONFIG: '/elsewhere',
    },
  );
});

test.each<[unknown, string]>([
  [{ pool, sockt: '/x' }, 'sockt: no such key; did you mean socket? (from FILE)'],
  [
    { pool: { ...pool, block: [] } },
    'pool.block: no such key; did you mean pool.blocks? (from FILE)',
  ],
  [
    { pool, zzzzzz: 1 },
    'zzzzzz: no such key; see vcn-cnid config --markdown for every key (from FILE)',
  ],
  [
    {},
    'pool.blocks: missing; pool.mode static needs at least one CIDR block of pod addresses (or set VCN_CNI_POOL_BLOCKS, or --pool-blocks)',
  ],
  [
    { pool: { mode: 'oci' } },
    'oci.subnets: missing; pool.mode oci needs the OCID of a subnet of pod addresses (or set VCN_CNI_OCI_SUBNETS, or --oci-subnets)',
  ],
  [
    { pool: { ...pool, mode: 'npn' }, npn: { file: '/npn.json' } },
    'pool.blocks: ["10.0.1.0/28"] has no meaning with pool.mode npn; leave it out (from FILE)',
  ],
  [
    { pool: { mode: 'npn' } },
    'npn.file: missing; pool.mode npn needs the file of the NativePodNetwork (or set VCN_CNI_NPN_FILE, or --npn-file)',
  ],
  [
    { pool: { mode: 'oci' }, oci: { subnets: ['ocid1.subnet.a'] }, snat: {} },
    'vcnCidrs: missing; snat needs the CIDR blocks of the VCN, to which nothing is translated (or set VCN_CNI_VCN_CIDRS, or --vcn-cidrs)',
  ],
  [
    { pool: { ...pool, min: 111 } },
    'pool.min: 111 is above pool.max (110); lower it or raise that (from FILE)',
  ],
  [
    { pool, oci: { subnets: ['subnet'] } },
    'oci.subnets[0]: "subnet" is not an OCID; write for example ocid1.subnet.oc1.eu-frankfurt-1.aaaa (from FILE)',
  ],
  [
    { pool, oci: { endpoint: 'iaas' } },
    'oci.endpoint: "iaas" is not a URL; write for example https://iaas.eu-frankfurt-1.oraclecloud.com (from FILE)',
  ],
  [{ pool, oci: { blockLength6: 81 } }, 'oci.blockLength6: 81 is not a multiple of 4 (from FILE)'],
  [
    { pool: { blocks: ['10.0.1.0/33'] } },
    'pool.blocks[0]: "10.0.1.0/33" is not a CIDR block; write for example 10.0.1.0/28 (from FILE)',
  ],
  [
    { pool, metrics: { listen: '0.0.0.0:9469' } },
    'metrics.listen: "0.0.0.0:9469" is not a loopback address with a port; write for example 127.0.0.1:9469 (from FILE)',
  ],
  [
    { pool, interfacePrefix: 'toolong' },
    'interfacePrefix: "toolong" is not a prefix of 1 to 4 lower case letters and digits, beginning with a letter (from FILE)',
  ],
  [
    { pool, interfacePrefix: 'cali' },
    'interfacePrefix: "cali" meets "cali", used by Calico; choose another (from FILE)',
  ],
  [
    { pool, mark: 0x4000 },
    'mark: "0x4000" is used by kube-proxy (masquerade) (0x4000); choose another bit (from FILE)',
  ],
  [
    { pool, mark: 0x80000000 },
    'mark: "0x80000000" is used by Calico (0xffff0000); choose another bit (from FILE)',
  ],
  [
    { pool, mark: '0x200' },
    'mark: "0x200" is used by Cilium (0xf00); choose another bit (from FILE)',
  ],
  [
    { pool, mark: 3 },
    'mark: "0x3" is not exactly one bit; choose one, for example 0x80 (from FILE)',
  ],
  [
    { pool, tables: { pods: 254 } },
    'tables.pods: 254 meets 254, used by the kernel ("main"); choose another (from FILE)',
  ],
  [
    { pool, tables: { vnicBase: 900 } },
    'tables.pods: 1000 overlaps with tables.vnicBase (900); choose another (from FILE)',
  ],
  [
    { pool, priorities: { source: 32766 } },
    'priorities.source: 32766 is used by the kernel ("main"); choose another (from FILE)',
  ],
  [
    { pool, priorities: { guard: 512 } },
    'priorities.guard: 512 is not above priorities.pods (512); the order must be pods < guard < mark < main < source (from FILE)',
  ],
  [{ pool, routeProtocol: 80 }, 'routeProtocol: 80 is used by Calico; choose another (from FILE)'],
  [{ pool, socket: 'cni.sock' }, 'socket: "cni.sock" is not an absolute path (from FILE)'],
  [
    { pool, socket: `/${'x'.repeat(90)}` },
    `socket: "/${'x'.repeat(90)}" is longer than 85 bytes, too long for a unix socket (from FILE)`,
  ],
  [[], 'FILE: must hold one JSON object, as {"pool":{"blocks":["10.0.1.0/28"]}}'],
])('%j is refused with words', async (document, expected) => {
  expect(await problems(document)).toContain(expected);
});

test('text that is not JSON, and a file that is not there', async () => {
  expect((await problems('{'))[0]).toMatch(/^FILE: not JSON: /);
  await rm(file);
  await expect(loadConfig({ file, environment: {}, flags: {} })).rejects.toThrow(
    /config\.json: no such file; create it or name another with --config$/,
  );
  await writeFile(file, '');
});

test('a variable that does not exist is named, and one of the wrong type', async () => {
  expect(await problems({ pool }, { VCN_CNI_LOGLEVEL: 'info' })).toEqual([
    'VCN_CNI_LOGLEVEL: no such variable; did you mean VCN_CNI_LOG_LEVEL?',
  ]);
  expect(await problems({ pool }, { VCN_CNI_MTU: 'big', VCN_CNI_FORWARD_ACCEPT: 'yes' })).toEqual([
    'mtu: "big" is not a number (from VCN_CNI_MTU)',
    'forwardAccept: "yes" is not true or false (from VCN_CNI_FORWARD_ACCEPT)',
  ]);
});

test('every problem is told at once, with where each value came from', async () => {
  expect(
    await problems({ pool, mtu: 100 }, { VCN_CNI_LOG_LEVEL: 'loud' }, { '--pool-excluded': 'x' }),
  ).toEqual([
    expect.stringMatching(/^log\.level: "loud" .* \(from VCN_CNI_LOG_LEVEL\)$/),
    expect.stringMatching(/^mtu: 100 .* \(from FILE\)$/),
    expect.stringMatching(
      /^pool\.excluded\[0\]: "x" is not an IP address.* \(from --pool-excluded\)$/,
    ),
  ]);
});
