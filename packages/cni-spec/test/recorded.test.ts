import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '../src/invocation/environment.ts';
import { podIdentity } from '../src/invocation/pod-identity.ts';
import { parseJson } from '../src/json.ts';
import { parseNetworkConfig } from '../src/network-config/parse-network-config.ts';
import { parseResult, parseResultDocument, printResult } from '../src/result/parse-result.ts';
import { recordings } from './fixtures.ts';

/** What kubelet, containerd, CRI-O, ctr and podman sent to ptp and portmap, and what these answered. */
describe.each(recordings())('%s', (_file, lines) => {
  const calls = lines.map((line, index) => ({
    ...line,
    at: `${index + 1} ${line.env['CNI_COMMAND']}`,
  }));

  it.each(calls)('reads call $at of $plugin', ({ env, stdin, stdout }) => {
    const { verb, args } = parseEnvironment(env);
    if (verb === 'VERSION') return;
    const config = parseNetworkConfig(stdin);
    expect(config.name).toBe('ptpnet');
    expect(podIdentity(args)?.namespace).toBe(args.get('K8S_POD_NAMESPACE'));
    if (verb === 'GC') expect(config.validAttachments).toBeNull();
    if (verb === 'CHECK') expect(config.prevResult?.ips).toHaveLength(1);
    if (verb !== 'ADD') return;
    const context = { configVersion: config.cniVersion };
    const result = parseResult(stdout, context);
    expect(result.ips?.[0]?.address).toMatch(/^10\.88\./);
    expect(parseJson(printResult(parseResultDocument(stdout, context)))).toEqual(parseJson(stdout));
  });
});
