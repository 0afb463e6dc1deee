/** Address family, in the words of `ip -4` and `ip -6`. */
export type Family = 'inet' | 'inet6';

/** Both, in the order in which a lease lists its addresses. */
export const families: readonly Family[] = ['inet', 'inet6'];
