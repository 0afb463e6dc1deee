import { describe, expect, it } from 'vitest';
import { readQuery, recordType, writeAnswer } from './dns-message.ts';

/** A query for A records of `vcn.test`. */
const query = Buffer.from(
  '1234 0100 0001 0000 0000 0000 03 76434e 04 74657374 00 0001 0001'.replaceAll(' ', ''),
  'hex',
);

describe('readQuery', () => {
  it('reads the name in lower case, and the type', () => {
    expect(readQuery(query)).toMatchObject({ id: 0x1234, name: 'vcn.test', type: recordType.A });
  });

  it.each([
    ['an answer', Buffer.concat([query.subarray(0, 2), Buffer.from([0x81]), query.subarray(3)])],
    ['a pointer', Buffer.concat([query.subarray(0, 12), Buffer.from([0xc0, 12])])],
    ...[0, 11, 12, 15, 22, query.length - 1].map((n): [string, Buffer] => [
      `${n} bytes`,
      query.subarray(0, n),
    ]),
  ])('refuses %s', (_, message) => {
    expect(readQuery(message)).toBeUndefined();
  });
});

describe('writeAnswer', () => {
  const question = readQuery(query)!;

  it('gives the addresses under the name that was asked for', () => {
    const answer = writeAnswer(question, [Buffer.from([10, 0, 0, 2])]).toString('hex');
    expect(answer).toBe(
      '12348180000100010000000003' +
        '76434e047465737400' +
        '00010001' +
        'c00c000100010000001e0004' +
        '0a000002',
    );
  });

  it('tells a name that is not there from one without such addresses', () => {
    expect(writeAnswer(question, undefined).readUInt16BE(2) & 0xf).toBe(3);
    expect(writeAnswer(question, []).readUInt16BE(2) & 0xf).toBe(0);
  });
});
