/** A chained plugin as istio-cni is one: redirects the pod's traffic, and keeps what it was called with. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { meshRules, passthrough } from './mesh-rules.ts';

const { CNI_COMMAND: verb, CNI_NETNS: netns } = process.env;
const config = JSON.parse(readFileSync(0, 'utf8')) as {
  record: string;
  ownUser: boolean;
  prevResult: unknown;
};
appendFileSync(config.record, `${JSON.stringify({ verb, config })}\n`);

function inside(command: string, args: string[], input = ''): void {
  const call = ['nsenter', [`--net=${netns}`, '--', command, ...args], { input }] as const;
  const { status, stderr } = spawnSync(...call);
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}

if (verb === 'ADD') {
  inside('iptables-restore', ['--noflush'], meshRules('inet', config.ownUser));
  inside('ip6tables-restore', ['--noflush'], meshRules('inet6', config.ownUser));
  inside('ip', ['-6', 'address', 'add', `${passthrough.inet6}/128`, 'dev', 'lo', 'nodad']);
  console.log(JSON.stringify(config.prevResult));
}
