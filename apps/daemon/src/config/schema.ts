/** `/etc/vcn-cni/config.json`: the one description of every setting; the loader, the flags and the documentation are made from it. */
import { isIP } from 'node:net';
import * as z from 'zod';

const isCidr = (text: string): boolean => {
  const [address = '', length = '', ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= bits;
};

const cidr = z
  .string()
  .refine(isCidr, { error: 'is not a CIDR block; write for example 10.0.1.0/28' });
const ip = z.string().refine((text) => isIP(text) !== 0, {
  error: 'is not an IP address; write for example 10.0.0.2',
});
const path = z.string().refine((text) => text.startsWith('/') && !text.includes('\0'), {
  error: 'is not an absolute path',
});
/** sun_path of a unix socket holds 107 bytes and the temporary name is 22 longer. */
const socketPath = path.refine((text) => Buffer.byteLength(text) <= 85, {
  error: 'is longer than 85 bytes, too long for a unix socket',
});
const interfaceName = z.string().refine((text) => /^[^\s/:]{1,15}$/u.test(text), {
  error: 'is not an interface name (1 to 15 characters, no space, "/" or ":")',
});
const ocid = z.string().refine((text) => /^ocid1\.[a-z0-9.-]+$/i.test(text), {
  error: 'is not an OCID; write for example ocid1.subnet.oc1.eu-frankfurt-1.aaaa',
});
const url = z.url({
  protocol: /^https?$/,
  error: 'is not a URL; write for example https://iaas.eu-frankfurt-1.oraclecloud.com',
});
const count = z.int().min(0).max(65536);
const number32 = z.int().min(0).max(0xffffffff);
const seconds = z.number().positive().max(3600);

const loopback = z.string().refine((text) => /^(127\.\d+\.\d+\.\d+|\[::1\]):\d{1,5}$/.test(text), {
  error: 'is not a loopback address with a port; write for example 127.0.0.1:9469',
});

export const configSchema = z.strictObject({
  socket: socketPath
    .default('/run/vcn-cni/cni.sock')
    .describe('Unix socket that the plugin connects to. The plugin reads VCN_CNI_SOCKET too.'),
  stateDirectory: path
    .default('/run/vcn-cni')
    .describe(
      'Directory of the lock, the store and the spool. Must not survive a reboot: a tmpfs.',
    ),
  cacheDirectory: path
    .default('/var/lib/vcn-cni')
    .describe('Directory of what may survive a reboot.'),
  ctlSocket: socketPath
    .default('/run/vcn-cni/ctl.sock')
    .describe('Unix socket of vcnctl, of readiness and of metrics (HTTP and JSON).'),
  metrics: z
    .strictObject({
      listen: loopback
        .optional()
        .describe(
          'Loopback address and port for metrics and probes over TCP. Absent: only on ctlSocket.',
        ),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('info')
        .describe('Least severe message that is written to standard error.'),
      format: z
        .enum(['auto', 'json', 'text'])
        .default('auto')
        .describe('One JSON object a line, or plain text. auto: text on a terminal.'),
    })
    .prefault({}),
  interfacePrefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,3}$/, {
      error: 'is not a prefix of 1 to 4 lower case letters and digits, beginning with a letter',
    })
    .default('oci')
    .describe('Prefix of host veth names. With Calico set FELIX_INTERFACEPREFIX to the same.'),
  primaryInterface: interfaceName
    .default('eth0')
    .describe("CNI_IFNAME of a pod's primary interface."),
  mtu: z
    .int()
    .min(1280)
    .max(65535)
    .optional()
    .describe("MTU of pod interfaces in bytes. Absent: the MTU of the node's primary interface."),
  pool: z
    .strictObject({
      mode: z
        .enum(['static', 'oci', 'npn'])
        .default('static')
        .describe(
          'Where pod addresses come from: pool.blocks, VNICs that the daemon attaches, or a NativePodNetwork.',
        ),
      blocks: z
        .array(cidr)
        .default([])
        .describe(
          'With mode static: CIDR blocks of pod addresses, IPv4 or IPv6, routed by the VCN to this node.',
        ),
      families: z
        .array(z.enum(['inet', 'inet6']))
        .min(1, { error: 'is empty; name inet, inet6 or both' })
        .default(['inet'])
        .describe('With modes oci and npn: the families of pod addresses: inet, inet6 or both.'),
      warm: count
        .default(8)
        .describe('With mode oci: how many pods that come at once find an address without a call.'),
      min: count
        .default(16)
        .describe('With mode oci: never fewer addresses of a family than this.'),
      max: count.default(110).describe('With mode oci: most pods of this node.'),
      excluded: z.array(ip).default([]).describe('Addresses of these blocks that no pod gets.'),
      cooldownSeconds: z
        .number()
        .min(0)
        .max(3600)
        .default(30)
        .describe('How long a released address rests before another pod may get it.'),
    })
    .prefault({})
    .describe('Source of pod addresses.'),
  oci: z
    .strictObject({
      subnets: z
        .array(ocid)
        .default([])
        .describe('OCIDs of the subnets of pod addresses, the preferred one first.'),
      securityGroups: z
        .array(ocid)
        .max(5, { error: 'holds more than 5 security groups; a VNIC takes no more' })
        .optional()
        .describe('OCIDs of the security groups of the VNICs. Absent: they are left as they are.'),
      assign: z
        .array(z.enum(['block', 'bulk', 'single']))
        .min(1, { error: 'is empty; name block, bulk or single' })
        .default(['block', 'bulk', 'single'])
        .describe(
          'How addresses are had, the next where the service refuses one: by CIDR blocks, many by one call, one by one.',
        ),
      blockLength: z
        .int()
        .min(18)
        .max(30)
        .default(28)
        .describe('Prefix length of an IPv4 block: 28 holds 16 addresses.'),
      blockLength6: z
        .int()
        .min(80)
        .max(124)
        .multipleOf(4, { error: 'is not a multiple of 4' })
        .default(120)
        .describe('Prefix length of an IPv6 block.'),
      skipSourceDestCheck: z
        .boolean()
        .default(false)
        .describe('Whether the VCN lets foreign sources pass. Not needed: sources are right.'),
      nicIndex: z
        .int()
        .min(0)
        .max(7)
        .optional()
        .describe('Bare metal: physical port of the VNICs. Absent: the service chooses.'),
      authentication: z
        .enum([
          'instance-principal',
          'config-file',
          'session-token',
          'resource-principal',
          'workload-identity',
        ])
        .default('instance-principal')
        .describe('As whom the daemon calls the API.'),
      configFile: path
        .optional()
        .describe('Of config-file and session-token. Absent: ~/.oci/config.'),
      configProfile: z.string().min(1).default('DEFAULT').describe('The profile in that file.'),
      endpoint: url
        .optional()
        .describe("Core Services to call. Absent: those of the instance's region."),
      federationEndpoint: url
        .optional()
        .describe(
          "Who gives tokens to an instance principal. Absent: that of the instance's region.",
        ),
      metadata: url
        .default('http://169.254.169.254/opc/v2')
        .describe('Version 2 of the metadata service.'),
      compartment: ocid
        .optional()
        .describe("OCID of the compartment of the VNICs' attachments. Absent: the instance's."),
      maxVnics: z
        .int()
        .min(2)
        .max(256)
        .optional()
        .describe('VNICs of this instance, its primary included. Absent: what its shape allows.'),
      objectsPerVnic: z
        .int()
        .min(1)
        .max(64)
        .default(31)
        .describe('Secondary addresses or blocks of a family on one VNIC.'),
      addressesPerVnic: z
        .int()
        .min(1)
        .max(65536)
        .default(256)
        .describe('Pod addresses of a family on one VNIC.'),
      attachingAtOnce: z
        .int()
        .min(1)
        .max(24)
        .default(4)
        .describe('VNICs that are being attached at once.'),
    })
    .prefault({}),
  npn: z
    .strictObject({
      file: path
        .optional()
        .describe(
          "With mode npn: file with the node's NativePodNetwork, as kubectl get npn -o json prints.",
        ),
    })
    .prefault({}),
  node: z
    .strictObject({
      name: z
        .string()
        .min(1)
        .optional()
        .describe("Name of this node in captures and traces. Absent: the host's name."),
      interface: interfaceName
        .optional()
        .describe("The node's primary interface. Absent: the interface of the default route."),
      addresses: z
        .array(ip)
        .max(2)
        .optional()
        .describe("The node's own address, one a family. Absent: as the kernel has them."),
      gateways: z
        .array(ip)
        .max(2)
        .optional()
        .describe("The subnet's virtual router, one a family. Absent: of the default routes."),
    })
    .prefault({}),
  vcnCidrs: z
    .array(cidr)
    .default([])
    .describe('CIDR blocks of the VCN: traffic to them is never translated.'),
  tables: z
    .strictObject({
      pods: number32.default(1000).describe('Routing table of the routes to local pods.'),
      primary: number32.default(1001).describe('Routing table of the primary VNIC.'),
      vnicBase: number32.default(1010).describe('First routing table of the secondary VNICs.'),
    })
    .prefault({}),
  priorities: z
    .strictObject({
      pods: number32.default(512).describe('Rule: to local pods.'),
      guard: number32.default(768).describe('Rule: refuse what came in by a VNIC for no pod.'),
      mark: number32.default(1024).describe('Rule: replies leave by the primary VNIC.'),
      main: number32.default(1535).describe('Rule: specific routes of the main table.'),
      source: number32.default(1536).describe('Rules: each source leaves by its own VNIC.'),
    })
    .prefault({}),
  mark: z
    .union([
      number32,
      z
        .string()
        .regex(/^0x[0-9a-f]{1,8}$/i, { error: 'is not a number; write for example 0x80 or 128' })
        .transform(Number),
    ])
    .prefault(0x80)
    .describe('The one bit of packet and connection mark that says "came in by the primary VNIC".'),
  routeProtocol: z
    .int()
    .min(1)
    .max(255)
    .default(184)
    .describe('Protocol number of our routes and rules: the mark of ownership.'),
  status: z
    .strictObject({
      exhaustedAfter: z
        .number()
        .min(0)
        .max(86400)
        .default(30)
        .describe('Seconds for which no address was free before STATUS says so (code 50).'),
      exhaustion: z
        .enum(['error', 'ready'])
        .default('error')
        .describe('What STATUS says of an exhausted pool. ready keeps a Kubernetes node Ready.'),
    })
    .prefault({}),
  deadlines: z
    .strictObject({
      verb: seconds.default(45).describe('Seconds in which a verb is answered.'),
      address: seconds.default(30).describe('Seconds for which an ADD waits for a free address.'),
      request: seconds
        .default(5)
        .describe('Seconds in which a connection must deliver its request.'),
    })
    .prefault({}),
  reconcileSeconds: z
    .number()
    .min(1)
    .max(3600)
    .default(60)
    .describe('How often the kernel is compared with the plan and repaired.'),
  repair: z
    .enum(['auto', 'report'])
    .default('auto')
    .describe(
      'What is done where others changed what is ours. report: it is logged, not repaired.',
    ),
  snat: z
    .strictObject({
      exclude: z
        .array(cidr)
        .default([])
        .describe('Destinations beside the VCN that are not translated.'),
    })
    .optional()
    .describe("Translate what leaves the VCN to the node's primary address. Absent: never."),
  metadataGuard: z
    .boolean()
    .default(true)
    .describe("Keep pods away from the metadata service's credentials and from boot volumes."),
  forwardAccept: z
    .boolean()
    .default(false)
    .describe(
      'Accept pod traffic where the policy of FORWARD is DROP and no policy engine owns it.',
    ),
  filter: z
    .enum(['auto', 'nftables', 'iptables'])
    .default('auto')
    .describe('What filters packets. auto: nftables where the kernel has it.'),
});

export type Config = z.output<typeof configSchema>;
