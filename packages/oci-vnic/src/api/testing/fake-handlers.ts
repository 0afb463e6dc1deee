import type {
  WireAttachVnicDetails,
  WireCreateIpv6Details,
  WireCreatePrivateIpDetails,
  WireIpv6,
  WirePrivateIp,
  WirePrivateIpItem,
  WireSubnet,
  WireVnic,
  WireVnicAttachment,
  WireWorkRequest,
} from '../wire.ts';

export type Plain = Record<string, string>;

export interface FakeState {
  attachments: WireVnicAttachment[];
  vnics: WireVnic[];
  privateIps: WirePrivateIp[];
  ipv6s: WireIpv6[];
  workRequests: WireWorkRequest[];
  subnets: WireSubnet[];
  perPage: number;
  /** By retry token. */
  answers: Map<string, Done>;
  /** As if every token had expired. */
  forgetTokens: boolean;
  /** How many items of the next bulk call are not made. */
  bulkFails: number;
  /** In place of what bulk calls come to. */
  workStatus?: string;
  serial: number;
}

export interface Done {
  status: number;
  body?: unknown;
  headers?: Plain;
}

const refuse = (status: number, code: string): Done => ({ status, body: { code, message: code } });

/** Does what a request asks for. */
export function handle(
  state: FakeState,
  method: string,
  url: URL,
  body: unknown,
  token: string | undefined,
): Done {
  const known = token !== undefined && !state.forgetTokens ? state.answers.get(token) : undefined;
  if (known) return known;
  const [, version, kind = '', id, sub] = url.pathname.split('/');
  if (version !== '20160918') return refuse(404, 'NotAuthorizedOrNotFound');
  const done =
    method === 'PUT'
      ? change(state, id ?? '', body as object)
      : method === 'POST'
        ? post(state, kind, id === 'actions' ? sub : undefined, body)
        : method === 'DELETE'
          ? remove(state, kind, id ?? '')
          : read(state, kind, id, sub, url.searchParams);
  if (token !== undefined && done.status < 300) state.answers.set(token, done);
  return done;
}

function read(
  state: FakeState,
  kind: string,
  id: string | undefined,
  sub: string | undefined,
  query: URLSearchParams,
): Done {
  if (kind === 'workRequests' && sub === 'errors') {
    return { status: 200, body: [{ code: 'LimitExceeded', message: 'no more of them' }] };
  }
  const list = listOf(state, kind);
  if (id !== undefined) {
    const found = list.find((one) => one.id === id);
    return found ? { status: 200, body: found } : refuse(404, 'NotAuthorizedOrNotFound');
  }
  const vnicId = query.get('vnicId');
  const all = list.filter((one) => vnicId === null || ('vnicId' in one && one.vnicId === vnicId));
  const from = Number(query.get('page') ?? 0);
  const size = Math.min(state.perPage, Number(query.get('limit') ?? 100));
  const next = from + size < all.length ? { 'opc-next-page': String(from + size) } : {};
  return { status: 200, body: all.slice(from, from + size), headers: next };
}

function post(state: FakeState, kind: string, action: string | undefined, body: unknown): Done {
  if (kind === 'vnicAttachments') return attach(state, body as WireAttachVnicDetails);
  if (action === undefined) {
    const made =
      kind === 'ipv6'
        ? makeIpv6(state, body as WireCreateIpv6Details)
        : makeIp(state, body as WireCreatePrivateIpDetails);
    return { status: 200, body: made };
  }
  const { vnicId, bulkCreatePrivateIpItem: items } = body as {
    vnicId: string;
    bulkCreatePrivateIpItem: WirePrivateIpItem[];
  };
  for (const item of items.slice(state.bulkFails)) makeIp(state, { ...item, vnicId });
  const status = state.workStatus ?? (state.bulkFails > 0 ? 'FAILED' : 'SUCCEEDED');
  const work = { id: `work-${++state.serial}`, status, percentComplete: 100, resources: [] };
  state.workRequests.push(work);
  return { status: 202, headers: { 'opc-work-request-id': work.id } };
}

function attach(state: FakeState, details: WireAttachVnicDetails): Done {
  const number = ++state.serial;
  const vnic: WireVnic = {
    id: `ocid1.vnic.oc1..${number}`,
    compartmentId: 'network',
    lifecycleState: 'AVAILABLE',
    isPrimary: false,
    macAddress: `02:00:17:00:00:${number.toString(16).toUpperCase().padStart(2, '0')}`,
    privateIp: `10.0.1.${number}`,
    ...details.createVnicDetails,
  };
  const attachment: WireVnicAttachment = {
    id: `ocid1.vnicattachment.oc1..${number}`,
    instanceId: details.instanceId,
    compartmentId: 'compute',
    lifecycleState: 'ATTACHED',
    vnicId: vnic.id,
    ...(details.displayName === undefined ? {} : { displayName: details.displayName }),
  };
  state.vnics.push(vnic);
  state.attachments.push(attachment);
  const { vnicId: _, ...accepted } = attachment;
  return { status: 200, body: { ...accepted, lifecycleState: 'ATTACHING' } };
}

function makeIp(state: FakeState, details: WireCreatePrivateIpDetails): WirePrivateIp {
  const number = ++state.serial;
  const id = `ocid1.privateip.oc1..${number}`;
  const ip = { id, ipAddress: `10.0.2.${number}`, isPrimary: false, ...details };
  state.privateIps.push(ip);
  return ip;
}

function makeIpv6(state: FakeState, details: WireCreateIpv6Details): WireIpv6 {
  const number = ++state.serial;
  const ip: WireIpv6 = {
    id: `ocid1.ipv6.oc1..${number}`,
    ipAddress: `2603:C020:0:1:0:0:0:${number.toString(16)}`,
    lifecycleState: 'AVAILABLE',
    timeCreated: new Date(number * 1000).toISOString(),
    subnetId: 'subnet',
    displayName: '',
    ...details,
  };
  state.ipv6s.push(ip);
  return ip;
}

function change(state: FakeState, id: string, details: object): Done {
  const vnic = state.vnics.find((one) => one.id === id);
  if (!vnic) return refuse(404, 'NotAuthorizedOrNotFound');
  return { status: 200, body: Object.assign(vnic, details) };
}

function remove(state: FakeState, kind: string, id: string): Done {
  const list = listOf(state, kind);
  const index = list.findIndex((one) => one.id === id);
  if (index < 0) return refuse(404, 'NotAuthorizedOrNotFound');
  if (kind !== 'vnicAttachments') list.splice(index, 1);
  else {
    const attachment = state.attachments[index]!;
    if (attachment.lifecycleState !== 'ATTACHED') return refuse(409, 'IncorrectState');
    attachment.lifecycleState = 'DETACHING';
  }
  return { status: 204 };
}

function listOf(state: FakeState, kind: string): { id?: string }[] {
  if (kind === 'ipv6') return state.ipv6s;
  return state[kind as 'attachments'] ?? (kind === 'vnicAttachments' ? state.attachments : []);
}
