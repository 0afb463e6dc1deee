import type { Check } from './check.ts';
import { bothBackends } from './checks/both-backends.ts';
import { calicoInsert } from './checks/calico-insert.ts';
import { conflistOrder } from './checks/conflist-order.ts';
import { conflistUnserved } from './checks/conflist-unserved.ts';
import { foreignMarks } from './checks/foreign-marks.ts';
import { foreignRules } from './checks/foreign-rules.ts';
import { forwardPolicy } from './checks/forward-policy.ts';
import { ipForward } from './checks/ip-forward.ts';
import { mainRoutes } from './checks/main-routes.ts';
import { networkdForeign } from './checks/networkd-foreign.ts';
import { nfTables } from './checks/nf-tables.ts';
import { nodeLimits } from './checks/node-limits.ts';
import { nodeportAddresses } from './checks/nodeport-addresses.ts';
import { rpFilter } from './checks/rp-filter.ts';

/** Every hazard that doctor knows. */
export const checks: readonly Check[] = [
  conflistUnserved,
  conflistOrder,
  ipForward,
  rpFilter,
  forwardPolicy,
  mainRoutes,
  foreignRules,
  foreignMarks,
  nfTables,
  bothBackends,
  calicoInsert,
  nodeportAddresses,
  networkdForeign,
  nodeLimits,
];
