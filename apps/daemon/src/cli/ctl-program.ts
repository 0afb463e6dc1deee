/** The command line of `vcnctl`. */
import { Command } from 'commander';
import type { AddressHistory } from '../address-history.ts';
import { type CtlClient, CtlError } from '../ctl/client.ts';
import type { PodView } from '../ctl/pod-view.ts';
import type { StatusReport } from '../ctl/state.ts';
import type { Hazard } from '../doctor/hazard.ts';
import { showHistory } from '../present/history.ts';
import { showHazards, showPods, showStatus, showVnics } from '../present/views.ts';
import type { NodeReading } from '../trace/read-node.ts';
import type { VnicsReport } from '../vnics-report.ts';
import { addTraceOptions, type TraceFlags, traceCommand } from './trace-command.ts';

export interface CtlProgramDeps {
  version: string;
  /** `VCN_CNI_CTL_SOCKET`, or the default. */
  socket: string;
  client(socket: string): CtlClient;
  /** Looks at this host without a daemon. */
  examine(daemon: { serving: false; reason: string }, places: DoctorFlags): Promise<Hazard[]>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  /** Called with 1 when something wrong was found. */
  setExitCode(code: 0 | 1): void;
}

/** Where a doctor without a daemon looks. */
export interface DoctorFlags {
  config?: string;
  confDir: string;
}

type Flags = DoctorFlags & TraceFlags;

/** What a command found: the object for machines, the text for people, and whether something is wrong. */
interface Finding {
  value: object;
  text: string;
  wrong: boolean;
}

export function ctlProgram(deps: CtlProgramDeps): Command {
  const program = new Command('vcnctl')
    .description("look at this node's pod network through its daemon, vcn-cnid")
    .version(deps.version)
    .option('--socket <path>', "the daemon's ctlSocket", deps.socket)
    .option('--json', 'print one JSON object and nothing else', false);

  const add = (
    name: string,
    description: string,
    ask: (client: CtlClient, flags: Flags, ...words: string[]) => Promise<Finding>,
  ) =>
    program
      .command(name)
      .description(description)
      .option('--json', 'print one JSON object and nothing else', false)
      .action(async (...given: [...string[], Flags, Command]) => {
        const [flags, command] = given.slice(-2) as [Flags, Command];
        const { socket, json } = command.optsWithGlobals<{ socket: string; json: boolean }>();
        const asJson = json || program.opts<{ json: boolean }>().json;
        const words = given.slice(0, -2) as string[];
        const found = await ask(deps.client(socket), flags, ...words).catch((error: unknown) => {
          if (!(error instanceof CtlError || error instanceof RangeError)) throw error;
          return { value: { error: error.message }, text: '', wrong: true, error: error.message };
        });
        if (asJson) deps.stdout.write(`${JSON.stringify(found.value)}\n`);
        else if ('error' in found) deps.stderr.write(`vcnctl: ${found.error}\n`);
        else deps.stdout.write(`${found.text}\n`);
        deps.setExitCode(found.wrong ? 1 : 0);
      });

  add('status', 'whether an ADD could be served, the pool, the daemon', async (client) => {
    const value = (await client.call('GET', '/v1/status')) as StatusReport;
    return { value, text: showStatus(value), wrong: !value.ready };
  });
  add('pods', 'the attachments of this node', async (client) => {
    const value = (await client.call('GET', '/v1/pods')) as { pods: PodView[] };
    return { value, text: showPods(value.pods, 'no pods'), wrong: false };
  });
  add(
    'vnics',
    'the VNICs of this node, their addresses, and what is waited for',
    async (client) => {
      const value = (await client.call('GET', '/v1/vnics')) as VnicsReport;
      return { value, text: showVnics(value), wrong: value.stranded.length > 0 };
    },
  );
  add('history <address>', 'who has and had an address', async (client, _, address) => {
    const query = new URLSearchParams({ address: address! });
    const value = (await client.call('GET', `/v1/history?${query}`)) as AddressHistory;
    return { value, text: showHistory(value), wrong: false };
  });
  add(
    'capture',
    'all that decides what becomes of a packet here, for trace on another node',
    async (client) => {
      const value = (await client.call('GET', '/v1/capture?rules=*')) as NodeReading;
      return { value, text: JSON.stringify(value), wrong: false };
    },
  );
  const tracing = add(
    'trace <from> <to>',
    'the way of a packet: each rule, route and line that matters, and where it would die',
    async (client, flags, from, to) => traceCommand(client, flags, { from: from!, to: to! }),
  );
  addTraceOptions(tracing);
  add('plan', 'the changes that reconcile would make', async (client) => {
    const value = (await client.call('GET', '/v1/plan')) as { changes: string[] };
    const { changes } = value;
    return { value, text: changes.join('\n') || 'nothing to change', wrong: changes.length > 0 };
  });
  add('gc', 'remove attachments whose interface is provably gone', async (client) => {
    const value = (await client.call('POST', '/v1/gc')) as { collected: PodView[] };
    return { value, text: showPods(value.collected, 'nothing to collect'), wrong: false };
  });
  add('doctor', 'hazards of this host, each with its remedy', async (client, flags) => {
    const hazards = await examine(client, flags, deps);
    const wrong = hazards.some(({ severity }) => severity !== 'info');
    return { value: { hazards }, text: showHazards(hazards), wrong };
  })
    .option('--config <file>', "without a daemon: the daemon's configuration file")
    .option('--conf-dir <directory>', 'without a daemon: network configurations', '/etc/cni/net.d');
  return program;
}

/** The daemon sees the host best; without it this process looks itself. */
async function examine(
  client: CtlClient,
  flags: DoctorFlags,
  deps: CtlProgramDeps,
): Promise<Hazard[]> {
  try {
    const { hazards } = (await client.call('GET', '/v1/doctor')) as { hazards: Hazard[] };
    return hazards;
  } catch (error) {
    if (!(error instanceof CtlError)) throw error;
    return deps.examine({ serving: false, reason: error.message }, flags);
  }
}
