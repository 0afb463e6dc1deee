/** What `icmp` means goes by the family: an echo request. */
export type Protocol = 'tcp' | 'udp' | 'icmp';

/** The packet to follow: the first of its connection, unless `ctstate` says otherwise. */
export interface Packet {
  /** The namespace whose process sends it; with `link`, the one where it arrives by that link. */
  from: { namespace: string; link?: string };
  /** Absent: what the kernel chooses for the route. Needed with `from.link`. */
  source?: string;
  destination: string;
  protocol: Protocol;
  /** Absent: 40000. */
  sourcePort?: number;
  /** Needed but for icmp. */
  destinationPort?: number;
  /** Absent: 0. */
  mark?: number;
  /** What conntrack says of a packet it has not met in the capture. Absent: `new`. */
  ctstate?: ConnectionState;
  /** Of the sending process, for rules about owners. Absent: such rules cannot be judged. */
  uid?: number;
  gid?: number;
}

export type ConnectionState = 'new' | 'established' | 'related' | 'invalid' | 'untracked';

/** A packet as it is at one step. */
export interface Flow {
  source: string;
  destination: string;
  protocol: Protocol;
  /** 0 for icmp. */
  sourcePort: number;
  destinationPort: number;
  mark: number;
}

/** `tcp 10.0.1.3:40000 > 10.96.0.1:80`, as a person would say it. */
export function formatFlow(flow: Flow): string {
  const { protocol, source, destination, sourcePort, destinationPort, mark } = flow;
  const end = (address: string, port: number) => {
    if (protocol === 'icmp') return address;
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  };
  const marked = mark === 0 ? '' : ` mark 0x${mark.toString(16)}`;
  return `${protocol} ${end(source, sourcePort)} > ${end(destination, destinationPort)}${marked}`;
}
