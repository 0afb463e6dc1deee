const subject = 'allow dynamic-group <the nodes> to';
const instance = "in compartment <the instance's>";
const network = "in compartment <the subnet's>";

const attach = [
  `${subject} manage instances ${instance}`,
  `${subject} manage vnic-attachments ${instance}`,
  `${subject} use vnics ${network}`,
  `${subject} use subnets ${network}`,
  `${subject} use network-security-groups ${network} (with NSGs only)`,
];
const privateIps = [`${subject} manage private-ips ${network}`, `${subject} use vnics ${network}`];
const ipv6s = [`${subject} manage ipv6s ${network}`, `${subject} use vnics ${network}`];

/** By call; the first statement is the one most often forgotten. */
const statements: Readonly<Record<string, readonly string[]>> = {
  AttachVnic: attach,
  DetachVnic: attach.slice(0, 4),
  ListVnicAttachments: [
    `${subject} read vnic-attachments ${instance}`,
    `${subject} read instances ${instance}`,
  ],
  GetVnicAttachment: [`${subject} read vnic-attachments ${instance}`],
  GetVnic: [`${subject} read vnics ${network}`],
  UpdateVnic: [
    `${subject} use vnics ${network}`,
    `${subject} use network-security-groups ${network} (with NSGs only)`,
  ],
  ListPrivateIps: [`${subject} read private-ips ${network}`],
  GetPrivateIp: [`${subject} read private-ips ${network}`],
  ListIpv6s: [`${subject} read ipv6s ${network}`],
  GetIpv6: [`${subject} read ipv6s ${network}`],
  GetSubnet: [`${subject} read subnets ${network}`],
  GetVcn: [`${subject} read vcns ${network}`],
  GetInstance: [`${subject} read instances ${instance}`],
  ListShapes: [`${subject} read instances ${instance}`],
  GetSubnetCidrUtilization: [
    `${subject} read ipam in tenancy`,
    `${subject} read subnets ${network}`,
  ],
  ListNetworkSecurityGroupVnics: [`${subject} read network-security-groups ${network}`],
  GetWorkRequest: [`${subject} read work-requests ${network}`],
  ListWorkRequestErrors: [`${subject} read work-requests ${network}`],
  ListWorkRequestLogs: [`${subject} read work-requests ${network}`],
};

/** The policy statements that a call needs ("Details for the Core Services" in OCI's policy reference). */
export function permissionFor(operation: string): string | undefined {
  const found = statements[operation] ?? family(operation);
  return found?.join('; ');
}

function family(operation: string): readonly string[] | undefined {
  if (/PrivateIps?$/.test(operation)) return privateIps;
  return /Ipv6s?$/.test(operation) ? ipv6s : undefined;
}
