import { expect, it } from 'vitest';
import { CniError } from './cni-error.ts';
import { ErrorCode, errorCodes } from './error-codes.ts';
import { parseError } from './parse-error.ts';

it('becomes the document of the specification, and comes back', () => {
  const error = new CniError(ErrorCode.TryAgainLater, 'no address is free', '4 are cooling');
  expect(error.message).toBe('no address is free: 4 are cooling');
  const document = error.toDocument('1.1.0');
  expect(document).toEqual({
    cniVersion: '1.1.0',
    code: 11,
    msg: 'no address is free',
    details: '4 are cooling',
  });
  expect(parseError(document).toDocument('1.1.0')).toEqual(document);
  expect(new CniError(100, 'x').toDocument('0.4.0')).toEqual({
    cniVersion: '0.4.0',
    code: 100,
    msg: 'x',
  });
});

it('is known by its shape, and everything else is a defect', () => {
  const foreign = Object.assign(new Error('x'), { code: 7, msg: 'x', toDocument: () => ({}) });
  expect(CniError.from(foreign)).toBe(foreign);
  for (const value of [new TypeError('boom'), 'boom', Object.create(null), undefined]) {
    const error = CniError.from(value);
    expect(error.code).toBe(999);
    expect(error.msg).toContain('defect');
    expect(error.cause).toBe(value);
  }
  expect(CniError.is(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe(false);
});

it('has name, cause and remedy for every code, ours from 100', () => {
  for (const [name, code] of Object.entries(ErrorCode)) {
    const entry = errorCodes[code];
    expect(entry?.name).toBe(name);
    expect(entry?.cause).not.toBe('');
    expect(entry?.remedy).not.toBe('');
  }
  const codes = Object.values(ErrorCode);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => code < 100)).toEqual([1, 2, 3, 4, 5, 6, 7, 11, 50, 51]);
});
