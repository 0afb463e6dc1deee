import { expect, it } from 'vitest';
import type { Family } from './family.ts';
import { type Waiting, WaitingLine } from './waiting-line.ts';

interface Waiter extends Waiting<Waiter> {
  name: string;
}

function lineOf(...wishes: Family[][]) {
  const line = new WaitingLine<Waiter>();
  wishes.forEach((families, arrival) => {
    line.push({ families, arrival, name: `${arrival}` });
  });
  return line;
}
const inet: Family[] = ['inet'];
const inet6: Family[] = ['inet6'];
const both: Family[] = ['inet', 'inet6'];

it.each([
  ['the first of all', [inet, inet], { inet: 1, inet6: 0 }, '0'],
  ['the first who can be', [inet6, inet], { inet: 1, inet6: 0 }, '1'],
  ['nobody from what is kept for both', [both, inet], { inet: 1, inet6: 0 }, undefined],
  ['who comes after them from the rest', [both, both, inet], { inet: 2, inet6: 0 }, '2'],
  ['who came before them', [inet, both], { inet: 1, inet6: 1 }, '0'],
  ['both before a later one', [inet6, both, inet], { inet: 1, inet6: 2 }, '0'],
  ['nobody where nothing is free', [inet, inet6, both], { inet: 0, inet6: 0 }, undefined],
  ['who needs nothing more', [inet, []], { inet: 0, inet6: 0 }, '1'],
])('serves %s', (_, wishes, free, name) => {
  expect(lineOf(...wishes).next(free)?.name).toBe(name);
});

it('counts who waits for what', () => {
  const line = lineOf(inet, both, inet6, inet);
  expect([line.length, line.count('inet'), line.count('inet6')]).toEqual([4, 3, 2]);
});
