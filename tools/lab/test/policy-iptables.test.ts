import { describe } from 'vitest';
import { describePolicy } from './policy-suite.ts';

// Chains of iptables hold only where Calico appends and returns (doctor says so).
describe('Calico that appends, beside our chains', () => {
  describePolicy('iptables', { chainInsertMode: 'Append', mangleAllowAction: 'Return' });
});
