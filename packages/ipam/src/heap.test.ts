import { expect, it } from 'vitest';
import { createRandom } from '../test/random.ts';
import { Heap } from './heap.ts';

it('gives the least of what it holds, whatever the order', () => {
  const random = createRandom(1);
  const heap = new Heap<number>((a, b) => a < b);
  const plain: number[] = [];
  for (let step = 0; step < 5000; step++) {
    if (random.chance(0.55)) {
      const item = random.below(100);
      heap.push(item);
      plain.push(item);
    } else {
      plain.sort((a, b) => a - b);
      expect(heap.first).toBe(plain[0]);
      expect(heap.shift()).toBe(plain.shift());
    }
    expect(heap.items).toHaveLength(plain.length);
  }
});
