import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter, MeterSources } from './meter.ts';

const states = ['total', 'leased', 'cooling', 'free', 'draining', 'excluded', 'waiting'] as const;

export function createPrometheusMeter(sources: MeterSources): Meter {
  const registry = new Registry();
  const registers = [registry];
  const verbs = new Counter({
    name: 'vcn_cni_verbs_total',
    help: 'Executions of the plugin that were answered, by verb and CNI error code (0: success).',
    labelNames: ['verb', 'code'],
    registers,
  });
  const seconds = new Histogram({
    name: 'vcn_cni_verb_seconds',
    help: 'Time from the whole request to its answer.',
    labelNames: ['verb'],
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const repairs = new Counter({
    name: 'vcn_cni_reconcile_repairs_total',
    help: 'Changes that reconcile made because the kernel differed from the plan.',
    registers,
  });
  new Gauge({
    name: 'vcn_cni_pool_addresses',
    help: 'Pod addresses by state; waiting counts the ADDs that wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      const counts = sources.pool();
      for (const state of states) this.set({ state }, counts?.[state] ?? 0);
    },
  });
  new Gauge({
    name: 'vcn_cni_attachments',
    help: 'Attachments on this node.',
    registers,
    collect() {
      this.set(sources.attachments());
    },
  });
  new Gauge({
    name: 'vcn_cni_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last scrape.',
    labelNames: ['quantile'],
    registers,
    collect() {
      const { p50, p99, max } = sources.loopDelay();
      this.set({ quantile: '0.5' }, p50);
      this.set({ quantile: '0.99' }, p99);
      this.set({ quantile: '1' }, max);
    },
  });
  new Gauge({
    name: 'vcn_cni_resident_memory_bytes',
    help: 'Resident memory of the daemon.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });

  return {
    verb(sample) {
      // A verb is a word of the caller: only known ones may become label values.
      const verb = /^(ADD|DEL|CHECK|GC|STATUS|VERSION)$/.test(sample.verb) ? sample.verb : 'other';
      verbs.inc({ verb, code: sample.code });
      seconds.observe({ verb }, sample.seconds);
    },
    repairs: (count) => repairs.inc(count),
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
