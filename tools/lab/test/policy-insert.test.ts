import { describe } from 'vitest';
import { describePolicy } from './policy-suite.ts';

// Nobody's ACCEPT ends a table of our own.
describe('Calico that inserts and accepts, beside our table', () => {
  describePolicy('nftables', { chainInsertMode: 'Insert', mangleAllowAction: 'Accept' });
});
