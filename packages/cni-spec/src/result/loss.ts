/** Something of a result that the version it was converted to has no place for. */
export interface Loss {
  /** Where it was, as `interfaces[0].mtu`. */
  path: string;
  value: unknown;
  reason: string;
}
