import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { VnicsReport } from '../vnics-report.ts';
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
  const calls = new Counter({
    name: 'vcn_cni_cloud_calls_total',
    help: "Attempts of calls of the cloud's API, by call and HTTP status (0: no answer).",
    labelNames: ['operation', 'status'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'vcn_cni_cloud_call_seconds',
    help: "Time of each attempt of a call of the cloud's API.",
    labelNames: ['operation'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const vnics = new Gauge({
    name: 'vcn_cni_vnics',
    help: 'VNICs that pod addresses are on, by state.',
    labelNames: ['state'],
    registers,
  });
  const waits = new Gauge({
    name: 'vcn_cni_waits_seconds',
    help: 'For how long the source of addresses has waited, by cause.',
    labelNames: ['cause'],
    registers,
  });
  const stranded = new Gauge({
    name: 'vcn_cni_stranded_pods',
    help: 'Pods that are cut off, since the VNIC of an address of theirs is gone.',
    registers,
  });
  /** Once a scrape: the report goes through every block and every attachment. */
  const tellVnics = (report: VnicsReport | undefined): void => {
    vnics.reset();
    for (const { state } of report?.vnics ?? []) vnics.inc({ state });
    waits.reset();
    const longest = new Map<string, number>();
    for (const { cause, forMs } of report?.waits ?? [])
      longest.set(cause, Math.max(forMs / 1000, longest.get(cause) ?? 0));
    for (const [cause, forSeconds] of longest) waits.set({ cause }, forSeconds);
    stranded.set(report?.stranded.length ?? 0);
  };
  new Gauge({
    name: 'vcn_cni_fights',
    help: 'Repairs that somebody undoes again and again.',
    registers,
    collect() {
      this.set(sources.fights());
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
    cloudCall({ operation, status, milliseconds }) {
      calls.inc({ operation, status });
      callSeconds.observe({ operation }, milliseconds / 1000);
    },
    async expose() {
      tellVnics(sources.vnics());
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
