import { expect, test } from 'vitest';
import { felixTables } from './felix-chains.ts';
import type { PolicyView } from './policy.ts';

const view: PolicyView = {
  endpoints: [
    { link: 'oci0123456789a', labels: { app: 'web' } },
    { link: 'ocia9876543210', labels: {} },
  ],
  pods: [{ labels: { role: 'client' }, addresses: ['10.0.64.9', 'fd00:10:0:1::9'] }],
  policies: [
    {
      name: 'web',
      selector: { app: 'web' },
      ingress: [{ peer: { role: 'client' }, port: { protocol: 'tcp', number: 8080 } }],
    },
  ],
};
const mode = { chainInsertMode: 'Append', mangleAllowAction: 'Return' } as const;

function chain(family: 'inet' | 'inet6', name: string): string[] {
  const tables = felixTables(family, 'oci', view, mode);
  const found = tables.flatMap(({ chains }) => chains).find(([chain]) => chain === name);
  return found?.slice(1) ?? [];
}

test('links are dispatched by name, and those without one are dropped', () => {
  expect(chain('inet', 'cali-to-wl-dispatch')).toEqual([
    '-o oci0123456789a -g cali-tw-oci0123456789a',
    '-o ocia9876543210 -g cali-tw-ocia9876543210',
    '-j DROP',
  ]);
});

test('a selector is the addresses of one family', () => {
  const allowed = (address: string) => [
    `-s ${address} -p tcp --dport 8080 -j MARK --set-xmark 0x10000/0x10000`,
    '-m mark --mark 0x10000/0x10000 -j RETURN',
  ];
  expect(chain('inet', 'cali-pi-web')).toEqual(allowed('10.0.64.9'));
  expect(chain('inet6', 'cali-pi-web')).toEqual(allowed('fd00:10:0:1::9'));
});

test('a direction without a policy is open, one with a policy ends in it', () => {
  expect(chain('inet', 'cali-tw-oci0123456789a')).toContain(
    '-m mark --mark 0x0/0x20000 -j cali-pi-web',
  );
  expect(chain('inet', 'cali-fw-oci0123456789a')).toContain('-j MARK --set-xmark 0x10000/0x10000');
  expect(chain('inet', 'cali-tw-ocia9876543210').join()).not.toContain('cali-pi');
});
