/**
 * Anybody's ruleset as `nft -j list ruleset` prints it (libnftables-json(5)). The objects are nft's own, none of
 * their members is dropped; they are only gathered under the table and chain that they name.
 */
export interface ParsedRuleset {
  /** Version of the nft that printed it, if it says so. */
  version?: string;
  tables: ParsedTable[];
}

export interface ParsedTable {
  family: string;
  name: string;
  /** The table object as printed. */
  object: JsonObject;
  sets: ParsedSet[];
  chains: ParsedChain[];
  /** Flow tables, named counters, quotas, helpers: objects of the table of kinds not read further. */
  others: { kind: string; object: JsonObject }[];
}

/** A set, or a map if `map` is there. */
export interface ParsedSet {
  kind: 'set' | 'map';
  name: string;
  /** nft data types; several for a concatenation. */
  type: string[];
  /** What a map gives: a data type, or `verdict`. */
  map?: string;
  flags: string[];
  elements: Expression[];
  object: JsonObject;
}

export interface ParsedChain {
  name: string;
  base?: { type: string; hook: string; priority: number; policy?: string; device?: string };
  rules: ParsedRule[];
  object: JsonObject;
}

export interface ParsedRule {
  handle?: number;
  comment?: string;
  /** Matches and statements in order, each an object of one member. */
  statements: JsonObject[];
  object: JsonObject;
}

export type Expression = string | number | boolean | null | Expression[] | JsonObject;
export interface JsonObject {
  [member: string]: Expression;
}
