/** What `vcnctl vnics` shows. */

export interface VnicBlock {
  cidr: string;
  total: number;
  leased: number;
  cooling: number;
  free: number;
  /** `removed`: the cloud has taken it away, and pods still hold addresses of it. */
  service: 'active' | 'draining' | 'removed';
}

export interface VnicReport {
  /** OCID; null as long as there is only an order. */
  id: string | null;
  name: string;
  /** OCID, or a CIDR where only that is known. */
  subnet: string | null;
  /** As the cloud has it: `attaching`, `attached`, ...; `gone` where only pods remember it. */
  state: string;
  /** Link of this host; null where there is none yet. */
  device: string | null;
  mac: string | null;
  /** Routing table. */
  table: number | null;
  /** Its own ones, without prefix length. */
  addresses: string[];
  blocks: VnicBlock[];
  free: number;
  /** Leased and cooling. */
  used: number;
}

export interface WaitReport {
  cause: string;
  subject: string;
  /** For how long, in milliseconds. */
  forMs: number;
  /** In how many milliseconds it is tried again. */
  againInMs?: number;
  detail?: string;
  /** All of it for people. */
  text: string;
}

export interface VnicsReport {
  mode: 'static' | 'oci' | 'npn';
  source: 'none' | 'cache' | 'cloud' | 'file' | 'configuration';
  vnics: VnicReport[];
  waits: WaitReport[];
  /** `namespace/name` or container id of the pods that are cut off, since the VNIC of an address of theirs is gone. */
  stranded: string[];
}
