import { describe } from 'vitest';
import { describePolicy } from './policy-suite.ts';

describe('Calico that appends, beside our table', () => {
  describePolicy('nftables', { chainInsertMode: 'Append', mangleAllowAction: 'Return' });
});
