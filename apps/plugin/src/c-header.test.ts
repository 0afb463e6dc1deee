import { expect, it } from 'vitest';
import { renderContractHeader } from './c-header.ts';

it('gives the relay versions, limits, deadlines and errors', () => {
  const lines = renderContractHeader().split('\n');
  expect(lines).toContain('#define VCN_CNI_LATEST_VERSION "1.1.0"');
  expect(lines).toContain('#define DEFAULT_SOCKET "/run/vcn-cni/cni.sock"');
  expect(lines).toContain('#define STDIN_LIMIT 1048576');
  expect(lines).toContain('#define CONNECT_DEL_MS 2000');
  const noCommand = lines.find((line) => line.startsWith('#define FAILURE_NO_COMMAND '));
  expect(noCommand).toMatch(/\(\(struct failure\)\{4, "CNI_COMMAND is not set", ".+"\}\)$/);
});
