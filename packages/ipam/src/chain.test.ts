import { expect, it } from 'vitest';
import { createRandom } from '../test/random.ts';
import { Chain, type Link } from './chain.ts';

interface Item extends Link<Item> {
  name: number;
}

function names(chain: Chain<Item>): number[] {
  const found = [];
  for (let item = chain.first; item; item = item.behind) found.push(item.name);
  return found;
}

it('keeps order while items leave from anywhere and come back', () => {
  const random = createRandom(2);
  const chain = new Chain<Item>();
  let plain: Item[] = [];
  for (let name = 0; name < 2000; name++) {
    const item = random.chance(0.6) || plain.length === 0 ? { name } : random.pick(plain);
    if (plain.includes(item)) {
      chain.remove(item);
      plain = plain.filter((other) => other !== item);
    }
    if (random.chance(0.8)) {
      chain.push(item);
      plain.push(item);
    }
    expect(names(chain)).toEqual(plain.map((other) => other.name));
    expect([chain.first, chain.last, chain.length]).toEqual([plain[0], plain.at(-1), plain.length]);
  }
});
