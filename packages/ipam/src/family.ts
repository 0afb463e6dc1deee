/** Address family, in the words of `ip -4` and `ip -6`. */
export type Family = 'inet' | 'inet6';
