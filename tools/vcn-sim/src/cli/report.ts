import type { SubnetFacts } from '../cloud/facts.ts';
import type { Vcn } from '../node/start-vcn.ts';

/** How to talk to a running simulator: what `--json` prints. */
export interface Report {
  pid: number;
  profile: string;
  seed: string;
  /** Core Services 20160918, and the operator's calls at `/admin`. */
  api: string;
  /** How to get to where `api` is: empty where it is reached as it is. */
  apiFrom: string;
  /** Of a user who may call the API. */
  configFile: string;
  compartmentId: string;
  vcnId: string;
  subnets: Record<string, Pick<SubnetFacts, 'id' | 'cidrBlocks' | 'ipv6CidrBlocks'>>;
  nodes: ReportedNode[];
  /** As seen from the nodes; absent with `--api-only`. */
  fromNodes?: Vcn['endpoints'];
}

export interface ReportedNode {
  name: string;
  instanceId: string;
  address: { inet?: string; inet6?: string };
  /** Absent with `--api-only`. */
  namespace?: string;
  /** To be put before a command so that it runs there. */
  enter?: string;
}

/** The same for people. */
export function formatReport(report: Report): string {
  const { api, apiFrom, configFile, fromNodes, nodes } = report;
  const before = apiFrom === '' ? '' : `${apiFrom} `;
  const lines = [
    `A simulated VCN is running (profile ${report.profile}, seed ${report.seed}).`,
    '',
    `API          ${api}`,
    `as user      ${configFile}`,
    `compartment  ${report.compartmentId}`,
    ...Object.entries(report.subnets).map(
      ([name, { id, cidrBlocks, ipv6CidrBlocks }]) =>
        `subnet       ${name}: ${[...cidrBlocks, ...ipv6CidrBlocks].join(' ')}\n             ${id}`,
    ),
    ...(fromNodes
      ? [
          `from a node  API ${fromNodes.api}, federation ${fromNodes.federation}`,
          `             metadata ${fromNodes.metadata}, resolver ${fromNodes.resolver}`,
        ]
      : []),
    '',
    ...nodes.flatMap(({ name, instanceId, address, enter }) => [
      `${name}  ${Object.values(address).join(' ')}  ${instanceId}`,
      ...(enter === undefined ? [] : [`  ${enter} ip address`]),
    ]),
    '',
    'What the cloud holds, what an operator can do, and a call that will be throttled:',
    `  ${before}curl -s ${api}/admin/books`,
    `  ${before}curl -s ${api}/admin`,
    `  ${before}curl -s ${api}/admin/faults -d '{"operation":"CreatePrivateIp","effect":{"kind":"throttle"},"times":3}'`,
    `Stop it with Ctrl-C, or: kill ${report.pid}`,
    '',
  ];
  return lines.join('\n');
}
