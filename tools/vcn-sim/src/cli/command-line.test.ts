import { expect, test } from 'vitest';
import { help, parseCommandLine } from './command-line.ts';

test('defaults, and what is said', () => {
  expect(parseCommandLine([])).toMatchObject({ nodes: 2, profile: 'fast', port: 0, json: false });
  const args = ['--nodes', '3', '--profile=flaky', '--json', '--api-only', '--ocpus', '8'];
  expect(parseCommandLine(args)).toMatchObject({
    nodes: 3,
    profile: 'flaky',
    json: true,
    apiOnly: true,
    ocpus: 8,
  });
});

test.each([
  ['--nodes x', /--nodes "x" must be a number from 0 to 32/],
  ['--nodes 33', /--nodes "33"/],
  ['--nodes', /--nodes/],
  ['--profile slow', /--profile "slow" must be one of fast, oci-like, throttled, flaky/],
  ['--shape VM.None', /--shape "VM.None" must be one of VM.Standard3.Flex/],
  ['--port 70000', /--port "70000"/],
  ['--unknown', /--unknown/],
  ['word', /word/],
])('%s is refused by name', (line, why) => {
  expect(() => parseCommandLine(line.split(' '))).toThrow(
    expect.objectContaining({ name: 'UsageError', message: expect.stringMatching(why) }),
  );
});

test('every option is in the help', () => {
  const options = [...help.matchAll(/--[a-z-]+/g)].map(([name]) => name);
  expect(new Set(options).size).toBe(9);
});
