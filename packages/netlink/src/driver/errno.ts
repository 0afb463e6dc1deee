/** Answers that mean "as wished already". */
import { constants } from 'node:os';

const { EADDRNOTAVAIL, EEXIST, EINVAL, ENODEV, ENOENT, EOPNOTSUPP, ERANGE, ESRCH } =
  constants.errno;

/** A deletion of what is not there. */
export const missing: ReadonlySet<number> = new Set([ESRCH, ENODEV, EADDRNOTAVAIL, ENOENT]);

/** An equal thing is there. */
export const existing: ReadonlySet<number> = new Set([EEXIST]);

/** This kernel does not know the attribute, or not values as large. */
export const unsupported: ReadonlySet<number> = new Set([EINVAL, EOPNOTSUPP, ERANGE]);

export const nothing: ReadonlySet<number> = new Set();
