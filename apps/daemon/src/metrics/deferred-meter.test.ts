import { expect, test } from 'vitest';
import { createDeferredMeter } from './deferred-meter.ts';
import { createPrometheusMeter } from './prometheus-meter.ts';

test('what was measured before the meter was loaded is counted once it is', async () => {
  const loads: string[] = [];
  const meter = createDeferredMeter(async () => {
    loads.push('load');
    return createPrometheusMeter({
      pool: () => undefined,
      vnics: () => undefined,
      fights: () => 0,
      attachments: () => 3,
      loopDelay: () => ({ p50: 0, p99: 0, max: 0 }),
    });
  });
  meter.verb({ verb: 'ADD', code: 0, seconds: 0.001 });
  meter.verb({ verb: 'whatever a caller sends', code: 4, seconds: 0.001 });
  meter.repairs(2);
  expect(loads).toEqual([]);
  const { text, contentType } = await meter.expose();
  meter.verb({ verb: 'ADD', code: 0, seconds: 0.001 });
  expect(loads).toEqual(['load']);
  expect(contentType).toMatch(/^text\/plain/);
  expect(text).toContain('vcn_cni_verbs_total{verb="ADD",code="0"} 1');
  expect(text).toContain('vcn_cni_verbs_total{verb="other",code="4"} 1');
  expect(text).toContain('vcn_cni_reconcile_repairs_total 2');
  expect(text).toContain('vcn_cni_pool_addresses{state="free"} 0');
  expect(text).toContain('vcn_cni_attachments 3');
  expect((await meter.expose()).text).toContain('vcn_cni_verbs_total{verb="ADD",code="0"} 2');
});
