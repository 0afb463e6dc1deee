/** SPEC 1.1.0, section 5: more about interfaces and routes. */
import { z } from 'zod';
import { routeSchema } from './fields.ts';
import { interfaceSchema100, resultSchema100 } from './v1-0-0.ts';

const count = z.int().min(0).nullish();

const interfaceSchema = interfaceSchema100.extend({
  mtu: count,
  socketPath: z.string().nullish(),
  pciID: z.string().nullish(),
});

const fullRouteSchema = routeSchema.extend({
  mtu: count,
  advmss: count,
  priority: count,
  table: count,
  scope: count,
});

export const resultSchema110 = resultSchema100.extend({
  interfaces: z.array(interfaceSchema).nullish(),
  routes: z.array(fullRouteSchema).nullish(),
});
