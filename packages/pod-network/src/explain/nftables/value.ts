/**
 * What an expression yields: an address, name or word; a number; several parts for a concatenation; or one thing
 * under several spellings (a protocol by name and number, the bits of a status).
 */
export type Value = string | number | Value[] | { any: (string | number)[] };
