import { describe } from 'vitest';
import { serviceFlows } from './service-flows.ts';

describe('kube-proxy in nftables mode, told pods by their interfaces; our filter in iptables', () => {
  serviceFlows({ mode: 'nftables', filter: 'iptables', local: { interfacePrefix: 'oci' } });
});
