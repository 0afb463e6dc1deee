import { describe } from 'vitest';
import { serviceFlows } from './service-flows.ts';

describe('kube-proxy in iptables mode, our filter in nftables', () => {
  serviceFlows({ mode: 'iptables', filter: 'nftables' });
});
