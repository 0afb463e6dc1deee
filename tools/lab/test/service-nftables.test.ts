import { describe } from 'vitest';
import { serviceFlows } from './service-flows.ts';

describe('kube-proxy in nftables mode, our filter in nftables', () => {
  serviceFlows({ mode: 'nftables', filter: 'nftables' });
});
