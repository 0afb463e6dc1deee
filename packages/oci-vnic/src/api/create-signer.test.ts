import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createSigner } from './create-signer.ts';
import type { Credentials } from './credentials.ts';
import { leapClock } from './testing/leap-clock.ts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const start = new Date('2026-01-01T00:00:00Z');

/** A token that lives for an hour from `at`. */
const token = (at: Date, serial: number): string => {
  const iat = at.getTime() / 1000;
  const claims = Buffer.from(JSON.stringify({ iat, exp: iat + 3600, serial })).toString(
    'base64url',
  );
  return `ST$head.${claims}.sign`;
};
const request = {
  ...({ method: 'GET', url: 'http://core/20160918/vnics/v' } as const),
  headers: { 'x-date': start.toUTCString() },
};

/** A signer whose tokens are counted, and whose source can be made to fail or to wait. */
function counted() {
  const clock = leapClock(start);
  const asked: Promise<void>[] = [];
  let gate: Promise<void> = Promise.resolve();
  let serial = 0;
  const source = async (): Promise<Credentials> => {
    asked.push(gate);
    await gate;
    serial += 1;
    return { keyId: token(clock.date(), serial), privateKey };
  };
  const signer = createSigner(source, { clock });
  return {
    ...{ clock, asked, signer },
    gate(next: Promise<void>) {
      gate = next;
    },
    async usedToken() {
      const { authorization = '' } = await signer.sign(request);
      const claims = /keyId="ST\$head\.([^.]*)/.exec(authorization)?.[1] ?? '';
      return JSON.parse(Buffer.from(claims, 'base64url').toString()).serial as number;
    },
  };
}

const isSdkLoaded = (): boolean =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/oci-common/'));

test('nothing is loaded or asked for before the first request, and then once', async () => {
  const { asked, usedToken, clock } = counted();
  expect(asked).toHaveLength(0);
  expect(isSdkLoaded()).toBe(false);
  expect(await Promise.all([usedToken(), usedToken()])).toEqual([1, 1]);
  expect(isSdkLoaded()).toBe(true);
  clock.leap(29 * 60_000);
  expect(await usedToken()).toBe(1);
  expect(asked).toHaveLength(1);
});

test('at half of its life a token is renewed while requests go on under the old one', async () => {
  const { asked, usedToken, clock, gate, signer } = counted();
  await usedToken();
  clock.leap(31 * 60_000);
  const { promise, resolve } = Promise.withResolvers<void>();
  gate(promise);
  expect(await usedToken()).toBe(1);
  expect(await usedToken()).toBe(1);
  expect(asked).toHaveLength(2);
  const renewed = signer.refresh!();
  resolve();
  await renewed;
  expect(await usedToken()).toBe(2);
  expect(asked).toHaveLength(2);
});

test('a renewal that fails is no failure while the old token is good', async () => {
  const { asked, usedToken, clock, gate } = counted();
  await usedToken();
  clock.leap(31 * 60_000);
  const away = Promise.reject(new Error('away'));
  away.catch(() => undefined);
  gate(away);
  expect(await usedToken()).toBe(1);
  await Promise.allSettled(asked);
  clock.leap(31_000);
  expect(await usedToken()).toBe(1);
  expect(asked).toHaveLength(3);
  clock.leap(60 * 60_000);
  await expect(usedToken()).rejects.toThrow('away');
  gate(Promise.resolve());
  expect(await usedToken()).toBe(2);
});

test('a token past half of its life, of a file that nobody renews, is not read at each request', async () => {
  const clock = leapClock(start);
  let reads = 0;
  const old = token(new Date(start.getTime() - 40 * 60_000), 1);
  const signer = createSigner(
    async () => {
      reads += 1;
      return { keyId: old, privateKey };
    },
    { clock },
  );
  for (let made = 0; made < 3; made += 1) await signer.sign(request);
  expect(reads).toBe(1);
  clock.leap(31_000);
  await signer.sign(request);
  expect(reads).toBe(2);
});

test('a source that hangs is given up, and asked anew', async () => {
  let asked = 0;
  const signer = createSigner(
    () => {
      asked += 1;
      return asked === 1
        ? new Promise(() => undefined)
        : Promise.resolve({ keyId: 'k', privateKey });
    },
    { sourceMs: 20 },
  );
  await expect(signer.sign(request)).rejects.toThrow('timeout');
  expect((await signer.sign(request))['authorization']).toContain('keyId="k"');
});

test('a key that does not end is read once, and again after a refusal', async () => {
  let reads = 0;
  const signer = createSigner(async () => {
    reads += 1;
    return { keyId: 't/u/f', privateKey };
  });
  await signer.sign(request);
  await signer.sign(request);
  expect(reads).toBe(1);
  await signer.refresh?.();
  expect(reads).toBe(2);
});

test('an encrypted key is opened by its passphrase', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' },
  });
  const signer = createSigner(async () => ({ keyId: 't/u/f', privateKey, passphrase: 'p' }));
  expect((await signer.sign(request))['authorization']).toContain('keyId="t/u/f"');
});
