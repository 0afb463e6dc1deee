/** `vcnctl trace`. */
import { readFile } from 'node:fs/promises';
import { type Explanation, ladder, mermaid, type Protocol, svg } from '@vcn-cni/pod-network';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CtlClient } from '../ctl/client.ts';
import type { NodeReading } from '../trace/read-node.ts';
import { type Traced, trace } from '../trace/trace.ts';

export interface TraceFlags {
  proto?: Protocol;
  port?: number;
  family?: 'inet' | 'inet6';
  with: string[];
  mermaid: boolean;
  svg: boolean;
}

export function addTraceOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--proto <protocol>',
        "default: the Service's; tcp with --port, else icmp",
      ).choices([...['tcp', 'udp', 'icmp']]),
    )
    .option('--port <number>', "of the destination; default: the Service's", portNumber)
    .addOption(
      new Option('--family <family>', 'default: each that both have').choices(['inet', 'inet6']),
    )
    .option('--with <file>', 'what vcnctl capture printed on another node', collect, [])
    .addOption(
      new Option('--mermaid', 'print a Mermaid flowchart for each family')
        .default(false)
        .conflicts('svg'),
    )
    .option('--svg', 'print a picture for each family', false)
    .addHelpText(
      'after',
      `
FROM and TO are pods (namespace/name), node, the name of a node, internet or an address; TO also a Service
(namespace/name or namespace/name:port), by the rules that kube-proxy wrote on this node.`,
    );
}

/** Wrong is a packet that does not get through or is not answered, or of which nobody can say. */
export async function traceCommand(
  client: CtlClient,
  { proto, port, family, with: files, mermaid: asFlowchart, svg: asPicture }: TraceFlags,
  ends: { from: string; to: string },
): Promise<{ value: Traced; text: string; wrong: boolean }> {
  const others = await Promise.all(files.map(readCapture));
  const ask = {
    ...ends,
    ...(proto && { protocol: proto }),
    ...(port !== undefined && { port }),
    ...(family && { family }),
  };
  const found = await trace(ask, (rulesOf) => readOwn(client, rulesOf), others);
  const show = asPicture ? svg : asFlowchart ? mermaid : ladder;
  return {
    value: found,
    text: [...found.traces.map(show), ...(show === ladder ? found.unread.map(unreadLine) : [])]
      .join('\n')
      .trimEnd(),
    wrong: !found.traces.every(arrives),
  };
}

const unreadLine = (pod: string): string => `not read, ways end at its veth: ${pod}`;

/** By every way that it may take, and its answer too. */
function arrives({ verdict, back, others = [] }: Explanation): boolean {
  return verdict === 'delivered' && back?.verdict === 'delivered' && others.every(arrives);
}

async function readOwn(client: CtlClient, rulesOf: readonly string[]): Promise<NodeReading> {
  const query = new URLSearchParams(rulesOf.map((name): [string, string] => ['rules', name]));
  return (await client.call('GET', `/v1/capture?${query}`)) as NodeReading;
}

async function readCapture(file: string): Promise<NodeReading> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as NodeReading;
  } catch (error) {
    throw new RangeError(
      `--with ${file}: ${(error as Error).message}; write it with: vcnctl capture > ${file}`,
    );
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new InvalidArgumentError('not a port; give a number from 1 to 65535');
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
