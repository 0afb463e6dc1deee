import { parseArgs } from 'node:util';
import { type ProfileName, profiles } from '../cloud/profile.ts';
import { shapes } from '../cloud/shapes.ts';

/** What the command was asked for. */
export interface CommandLine {
  nodes: number;
  profile: ProfileName;
  seed: string;
  shape: string;
  ocpus: number;
  port: number;
  apiOnly: boolean;
  json: boolean;
  help: boolean;
}

/** The command line cannot be understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const names = Object.keys(profiles) as ProfileName[];

export const help = `Usage: vcn-sim [options]

A simulated OCI on this machine: the API, and a VCN that carries real packets between nodes that are
network namespaces. It runs until it is stopped.

Options:
  --nodes N        nodes to launch (default 2)
  --profile NAME   ${names.join(', ')} (default fast)
  --seed TEXT      what is left to chance repeats with it (default vcn-sim)
  --shape NAME     of the nodes (default VM.Standard.E4.Flex)
  --ocpus N        of a node with a flexible shape (default 4)
  --port N         where the API listens on 127.0.0.1 (default any that is free)
  --api-only       no packets: nodes are in the books alone; needs no privileges
  --json           one JSON object on standard output once it is ready
  --help           this
`;

/** Reads the arguments behind the command's name; throws UsageError naming what is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = read(args);
  const profile = oneOf('--profile', values.profile, names);
  const shapeNames = shapes.map(({ name }) => name);
  return {
    nodes: whole('--nodes', values.nodes, 0, 32),
    profile,
    seed: values.seed,
    shape: oneOf('--shape', values.shape, shapeNames),
    ocpus: whole('--ocpus', values.ocpus, 1, 94),
    port: whole('--port', values.port, 0, 65_535),
    apiOnly: values['api-only'],
    json: values.json,
    help: values.help,
  };
}

function read(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const options = {
    nodes: text('2'),
    profile: text('fast'),
    seed: text('vcn-sim'),
    shape: text('VM.Standard.E4.Flex'),
    ocpus: text('4'),
    port: text('0'),
    'api-only': flag,
    json: flag,
    help: { ...flag, short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new UsageError(`${name} ${JSON.stringify(text)} must be a number from ${low} to ${high}`);
}

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw new UsageError(`${name} ${JSON.stringify(text)} must be one of ${known.join(', ')}`);
}
