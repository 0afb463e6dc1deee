import type { z } from 'zod';
import type { CniVersion } from '../version.ts';
import { resultSchema010 } from './v0-1-0.ts';
import { resultSchema020 } from './v0-2-0.ts';
import { resultSchema030 } from './v0-3-0.ts';
import { resultSchema031 } from './v0-3-1.ts';
import { resultSchema040 } from './v0-4-0.ts';
import { resultSchema100 } from './v1-0-0.ts';
import { resultSchema110 } from './v1-1-0.ts';

/** The ADD result of each version. */
export const resultSchemas = {
  '0.1.0': resultSchema010,
  '0.2.0': resultSchema020,
  '0.3.0': resultSchema030,
  '0.3.1': resultSchema031,
  '0.4.0': resultSchema040,
  '1.0.0': resultSchema100,
  '1.1.0': resultSchema110,
} as const satisfies Record<CniVersion, z.ZodType>;
