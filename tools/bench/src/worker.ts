/** Runs in the node's namespace: executes what standard input lists, one after the other, and prints the times. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Execution } from './measure.ts';

const plan = JSON.parse(readFileSync(0, 'utf8')) as Execution[];
const times: Record<string, number[]> = {};
for (const { name, file, environment, stdin } of plan) {
  const env = { PATH: process.env['PATH'], ...environment };
  const begin = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(file, { env, input: stdin, encoding: 'utf8' });
  const took = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`${name}: exit ${status}: ${stdout}${stderr}`);
  times[name] ??= [];
  times[name].push(took);
}
process.stdout.write(JSON.stringify(times));
