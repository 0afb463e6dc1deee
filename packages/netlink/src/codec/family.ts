import type { Family } from '../state.ts';

export const AF_UNSPEC = 0;
export const AF_INET = 2;
export const AF_INET6 = 10;

export const familyNumber = (family: Family): number => (family === 'inet' ? AF_INET : AF_INET6);

export const familyOf = (bytes: Uint8Array): number => (bytes.length === 4 ? AF_INET : AF_INET6);

export function familyName(number: number): Family | undefined {
  if (number === AF_INET) return 'inet';
  return number === AF_INET6 ? 'inet6' : undefined;
}

/** linux/rtnetlink.h, enum rt_scope_t. */
export const scopes = { global: 0, link: 253, host: 254, nowhere: 255 } as const;

export function scopeName(number: number): keyof typeof scopes | undefined {
  return (Object.keys(scopes) as (keyof typeof scopes)[]).find((name) => scopes[name] === number);
}
