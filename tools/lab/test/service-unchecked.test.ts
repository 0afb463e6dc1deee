import { describe } from 'vitest';
import { serviceFlows } from './service-flows.ts';

describe('kube-proxy and our filter in iptables; nobody checks sources of the VNICs of pods', () => {
  serviceFlows({ mode: 'iptables', filter: 'iptables', skip: true });
});
