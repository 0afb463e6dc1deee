import { describe, test } from 'vitest';
import { createSandbox } from '../src/sandbox/index.ts';
import { complianceCases, createFakeNamespace } from '../src/testing/index.ts';

describe('the fake', () => {
  test.each(complianceCases)('$name', async ({ run }) => {
    await run({ host: createFakeNamespace('0:1'), pod: createFakeNamespace('0:2') });
  });
});

describe('the kernel', () => {
  test.each(complianceCases)('$name', async ({ run }) => {
    await using sandbox = await createSandbox();
    await run({ host: sandbox.namespace('host').handle, pod: sandbox.namespace('pod').handle });
  });
});
