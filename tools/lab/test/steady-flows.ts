import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** To a server of `serveByName`. */
export interface Flow {
  name: string;
  protocol: 'tcp' | 'udp';
  to: string;
  port: number;
}

export interface FlowOutcome {
  name: string;
  /** Who answered, each once, and under which addresses they saw the caller. */
  servers: string[];
  sent: number;
  /** Numbers of messages that came back not at all, or more than once. */
  lost: number[];
  repeated: number[];
  /** What the socket said: a connection that was reset, or refused. */
  errors: string[];
}

export interface SteadyFlows {
  /** Sends no more, waits for what is under way (2 s at most), and tells. */
  end(): Promise<FlowOutcome[]>;
}

const client = `
  const { connect } = require('node:net');
  const { createSocket } = require('node:dgram');
  const open = ({ name, protocol, to, port }) => {
    const flow = { name, sent: 0, answers: [], servers: new Set(), errors: [] };
    const failed = (error) => flow.errors.push(error.message);
    const answered = (line) => {
      if (line.includes(' ')) flow.servers.add(line);
      else if (line !== '') flow.answers[line] = (flow.answers[line] ?? 0) + 1;
    };
    flow.greeted = new Promise((resolve) => {
      if (protocol === 'tcp') {
        let rest = '';
        const socket = connect(port, to).setNoDelay().setEncoding('utf8').on('error', failed);
        socket.on('end', () => failed(new Error('ended by the other side')));
        socket.on('data', (text) => {
          const lines = (rest + text).split('\\n');
          rest = lines.pop();
          lines.forEach(answered);
          resolve();
        });
        flow.send = () => socket.write(flow.sent++ + '\\n');
      } else {
        const socket = createSocket(to.includes(':') ? 'udp6' : 'udp4').on('error', failed);
        socket.on('message', (message) => {
          message.toString().split('\\n').forEach(answered);
          resolve();
        });
        socket.connect(port, to, () => flow.send());
        flow.send = () => socket.send(flow.sent++ + '\\n');
      }
    });
    return flow;
  };
  const flows = JSON.parse(process.argv[1]).map(open);
  const numbers = (flow, wanted) =>
    Array.from({ length: flow.sent }, (_, number) => number).filter((number) => wanted(flow.answers[number] ?? 0));
  const silent = setTimeout(() => {
    const which = flows.filter(({ servers }) => servers.size === 0);
    console.log(JSON.stringify(which.map(({ name, errors }) => [name, ...errors].join(': '))));
    process.exit();
  }, 5000);
  Promise.all(flows.map(({ greeted }) => greeted)).then(() => {
    clearTimeout(silent);
    console.log('[]');
    const sending = setInterval(() => flows.forEach((flow) => flow.send()), 20);
    process.on('SIGTERM', () => {
      clearInterval(sending);
      const since = Date.now();
      const waiting = setInterval(() => {
        const lost = flows.some((flow) => flow.answers.length < flow.sent);
        if (lost && Date.now() - since < 2000) return;
        clearInterval(waiting);
        const outcomes = flows.map((flow) => ({
          name: flow.name,
          servers: [...flow.servers],
          sent: flow.sent,
          lost: numbers(flow, (times) => times === 0),
          repeated: numbers(flow, (times) => times > 1),
          errors: flow.errors,
        }));
        process.stdout.write(JSON.stringify(outcomes) + '\\n', () => process.exit());
      }, 10);
    });
  });
`;

/**
 * Opens all of them from one process, and on each sends a number every 20 ms, which comes back: over one connection, or
 * as datagrams from one port. Throws when one is not answered within 5 s.
 */
export async function startFlows(
  from: SandboxNamespace,
  flows: readonly Flow[],
): Promise<SteadyFlows> {
  const child = from.spawn(process.execPath, ['-e', client, JSON.stringify(flows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout!);
  const next = async () => JSON.parse(((await once(lines, 'line')) as [string])[0]);
  const silent = (await next()) as string[];
  if (silent.length > 0) throw new Error(`not answered: ${silent.join(', ')}`);
  return {
    async end() {
      const told = next();
      child.kill('SIGTERM');
      return told;
    },
  };
}
