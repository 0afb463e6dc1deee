/** What a daemon says of its VNICs (`GET /v1/vnics`), as far as laboratories look at it. */
export interface VnicsReport {
  mode: 'static' | 'oci' | 'npn';
  source: string;
  vnics: VnicReport[];
  waits: { cause: string; subject: string; text: string }[];
}

export interface VnicReport {
  /** Null as long as there is only an order. */
  id: string | null;
  subnet: string | null;
  state: string;
  device: string | null;
  mac: string | null;
  table: number | null;
  addresses: string[];
  blocks: { cidr: string; total: number; leased: number; cooling: number; free: number }[];
  free: number;
  used: number;
}
