/** What a daemon says of its VNICs (`GET /v1/vnics`), as far as laboratories look at it. */
export interface VnicsReport {
  mode: 'static' | 'oci' | 'npn';
  source: 'none' | 'cache' | 'cloud';
  vnics: VnicReport[];
  waits: { cause: string; subject: string; text: string }[];
}

export interface VnicReport {
  id: string;
  subnet: string;
  state: string;
  device: string | null;
  mac: string;
  table: number | null;
  addresses: string[];
  blocks: { cidr: string; total: number; leased: number; cooling: number; free: number }[];
  free: number;
  used: number;
}
