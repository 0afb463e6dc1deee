import { asFailure } from '../judge-failure.ts';
import type { Assignment, AttachAsk, Vnic, VnicApi } from '../model.ts';

/** What a VnicApi is tried with: an instance that has its primary VNIC only, and a subnet with room. */
export interface VnicApiSetup {
  api: VnicApi;
  subnetId: string;
  /** Waits in the time that the API is in. */
  sleep(ms: number): Promise<void>;
}

export interface VnicApiCase {
  name: string;
  /** Rejects with an Error that says what is not as it must be. */
  run(setup: VnicApiSetup): Promise<void>;
}

/** What every VnicApi must do, as far as the manager relies on it; each case wants a setup of its own. */
export const vnicApiCases: readonly VnicApiCase[] = [
  {
    name: 'the primary VNIC is listed, attached, with a MAC in lower case',
    async run({ api }) {
      const [primary, ...others] = await api.listVnics();
      same(others.length, 0, 'other VNICs');
      same(primary?.isPrimary, true, 'isPrimary');
      same(primary?.lifecycle, 'attached', 'lifecycle');
      same(primary?.mac, primary?.mac?.toLowerCase(), 'mac');
    },
  },
  {
    name: 'a VNIC is attached as asked: name at once, tags and address once it is there',
    async run(setup) {
      const vnic = await attach(setup, 'attach-1', { nsgIds: [], skipSourceDestCheck: true });
      same(vnic.displayName, 'vcn-cni-case', 'displayName');
      same(vnic.tags.case, 'attach-1', 'tag');
      same(vnic.skipSourceDestCheck, true, 'skipSourceDestCheck');
      same(vnic.subnetId, setup.subnetId, 'subnetId');
      same(typeof vnic.addresses.inet, 'string', 'address');
    },
  },
  {
    name: 'two attachments of one retry token are one',
    async run(setup) {
      const first = await attach(setup, 'twice');
      const again = await setup.api.attachVnic(ask(setup, 'twice'), { retryToken: 'twice' });
      same(again.attachmentId, first.attachmentId, 'attachmentId');
      same((await setup.api.listVnics()).length, 2, 'VNICs');
    },
  },
  {
    name: 'one address is assigned, once for its token, and listed with its tags',
    async run(setup) {
      const { id: vnicId = '' } = await attach(setup, 'a');
      const order = { vnicId, family: 'inet' as const, tags: { case: 'one' } };
      const made = await setup.api.assign(order, { retryToken: 'one' });
      const again = await setup.api.assign(order, { retryToken: 'one' });
      same(again.id, made.id, 'id of the repeat');
      same(made.cidr.endsWith('/32'), true, `${made.cidr} is one address`);
      const listed = await awaitListed(setup, vnicId, 1);
      same(listed[0]?.id, made.id, 'listed id');
      same(listed[0]?.tags.case, 'one', 'listed tag');
    },
  },
  {
    name: 'a block is assigned by its length, aligned',
    async run(setup) {
      const { id: vnicId = '' } = await attach(setup, 'a');
      const order = { vnicId, family: 'inet' as const, cidrPrefixLength: 28, tags: {} };
      const { cidr } = await setup.api.assign(order, { retryToken: 'block' });
      same(cidr.endsWith('/28'), true, `${cidr} is a block`);
      same(Number(cidr.split('/')[0]?.split('.')[3]) % 16, 0, `${cidr} is aligned: rest`);
    },
  },
  {
    name: 'many addresses are assigned by one call',
    async run(setup) {
      const { id: vnicId = '' } = await attach(setup, 'a');
      const order = { vnicId, family: 'inet' as const, count: 5, tags: { case: 'many' } };
      const made = await setup.api.assignMany(order, { retryToken: 'many' });
      same(new Set(made.map(({ cidr }) => cidr)).size, 5, 'different addresses');
      const listed = await awaitListed(setup, vnicId, 5);
      same(
        listed.every(({ tags }) => tags.case === 'many'),
        true,
        'every one has its tag',
      );
    },
  },
  {
    name: 'what is released is gone, and releasing it again is no error',
    async run(setup) {
      const { id: vnicId = '' } = await attach(setup, 'a');
      const made = await setup.api.assign(
        { vnicId, family: 'inet', tags: {} },
        { retryToken: 'r' },
      );
      await setup.api.release(made);
      await awaitListed(setup, vnicId, 0);
      await setup.api.release(made);
    },
  },
  {
    name: 'a VNIC that is detached goes with its addresses, and detaching it again is no error',
    async run(setup) {
      const vnic = await attach(setup, 'a');
      await setup.api.assign(
        { vnicId: vnic.id ?? '', family: 'inet', tags: {} },
        { retryToken: 'r' },
      );
      await setup.api.detachVnic(vnic.attachmentId);
      await until(setup, 'the VNIC is detached', async () => {
        const found = await find(setup, vnic.attachmentId);
        return found === undefined || found.lifecycle === 'detached' ? true : undefined;
      });
      await setup.api.detachVnic(vnic.attachmentId);
    },
  },
  {
    name: 'the source check and the security groups are changed on their own',
    async run(setup) {
      const { id = '', attachmentId } = await attach(setup, 'a', { skipSourceDestCheck: false });
      await setup.api.updateVnic(id, { skipSourceDestCheck: true });
      await setup.api.updateVnic(id, { nsgIds: [] });
      const changed = await find(setup, attachmentId);
      same(changed?.skipSourceDestCheck, true, 'skipSourceDestCheck');
    },
  },
  {
    name: 'a subnet says its CIDRs and its state',
    async run({ api, subnetId }) {
      const { id, cidrs, lifecycle } = await api.getSubnet(subnetId);
      same(id, subnetId, 'id');
      same(cidrs.length > 0, true, 'has CIDRs');
      same(lifecycle, 'available', 'lifecycle');
    },
  },
  {
    name: 'a call on what does not exist fails with status, code and the name of the call',
    async run({ api }) {
      const order = { vnicId: 'ocid1.vnic.none', family: 'inet' as const, tags: {} };
      const error = await api
        .assign(order, { retryToken: 'none' })
        .catch((failure: unknown) => failure);
      const { operation, status, code } = asFailure(error);
      same(
        `${operation} ${status} ${code}`,
        'CreatePrivateIp 404 NotAuthorizedOrNotFound',
        'failure',
      );
    },
  },
];

function ask(
  { subnetId }: VnicApiSetup,
  name: string,
  changes: Partial<AttachAsk> = {},
): AttachAsk {
  return {
    subnetId,
    nsgIds: [],
    displayName: 'vcn-cni-case',
    tags: { case: name },
    assignIpv6: false,
    skipSourceDestCheck: false,
    ...changes,
  };
}

/** The VNIC, once it is attached. */
async function attach(
  setup: VnicApiSetup,
  token: string,
  changes?: Partial<AttachAsk>,
): Promise<Vnic> {
  const { attachmentId } = await setup.api.attachVnic(ask(setup, token, changes), {
    retryToken: token,
  });
  return until(setup, 'the VNIC is attached', async () => {
    const found = await find(setup, attachmentId);
    return found?.lifecycle === 'attached' ? found : undefined;
  });
}

async function find({ api }: VnicApiSetup, attachmentId: string): Promise<Vnic | undefined> {
  return (await api.listVnics()).find((vnic) => vnic.attachmentId === attachmentId);
}

function awaitListed(setup: VnicApiSetup, vnicId: string, count: number): Promise<Assignment[]> {
  return until(setup, `${count} assignments are listed`, async () => {
    const listed = await setup.api.listAssignments(vnicId);
    return listed.length === count ? listed : undefined;
  });
}

async function until<T>(
  { sleep }: VnicApiSetup,
  what: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (let waited = 0; waited < 300; waited++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(1_000);
  }
  throw new Error(`waited 300 s until ${what}`);
}

function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected)
    throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`);
}
