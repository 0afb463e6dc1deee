import { expect, it } from 'vitest';
import type { Explanation } from '../explanation.ts';
import { ladder } from './ladder.ts';
import { mermaid } from './mermaid.ts';
import { picture } from './picture.ts';
import { svg } from './svg.ts';

const packet = {
  source: '10.0.1.3',
  destination: '10.0.9.1',
  protocol: 'tcp' as const,
  sourcePort: 40000,
  destinationPort: 80,
  mark: 0,
};
const after = { ...packet, destination: '10.0.1.4', mark: 0x80 };
const place = { table: 'iptables nat', chain: 'KUBE-SEP-A' };
const policy = { table: 'iptables filter', chain: 'FORWARD' };
const explanation: Explanation = {
  verdict: 'delivered',
  where: 'b',
  packet: after,
  choices: [],
  steps: [
    { namespace: 'a', kind: 'route', text: 'default dev eth0', packet: { ...packet, source: '' } },
    { namespace: 'a', kind: 'link', text: 'eth0 leads to oci1 of node', packet },
    { namespace: 'node', kind: 'chain', text: '-j IDLE', packet, ...place, idle: true },
    { namespace: 'node', kind: 'nat', text: '-m comment --comment "x" -j DNAT', packet, ...place },
    { namespace: 'node', kind: 'nat', text: 'destination becomes 10.0.1.4', packet: after },
    { namespace: 'node', kind: 'route', text: 'source 10.0.1.3 is chosen', packet: after },
    { namespace: 'node', kind: 'filter', text: '-j ACCEPT', packet: after, ...policy },
    { namespace: 'b', kind: 'deliver', text: 'delivered in b', packet: after },
  ],
  back: {
    verdict: 'dropped',
    where: 'VCN',
    why: 'source 10.0.1.4 is not of the VNIC "ens5"',
    packet: after,
    choices: [],
    steps: [
      { namespace: 'VCN', kind: 'filter', text: '-j DROP', packet: after, ...policy },
      { namespace: 'VCN', kind: 'drop', text: 'source of "ens5"', packet: after },
    ],
  },
};

it('draws a ladder', () => {
  expect(ladder(explanation)).toBe(`there: tcp 10.0.1.3:40000 > 10.0.9.1:80
  a
    route        default dev eth0
    link         eth0 leads to oci1 of node
  node
    nat          iptables nat KUBE-SEP-A: -m comment --comment "x" -j DNAT
    nat          destination becomes 10.0.1.4
    route        source 10.0.1.3 is chosen
    filter       iptables filter FORWARD: -j ACCEPT
  b
    deliver      delivered in b
  = delivered in b
back: tcp 10.0.1.3:40000 > 10.0.1.4:80 mark 0x80
  VCN
    filter       iptables filter FORWARD: -j DROP
    drop         source of "ens5"
  = dropped in VCN: source 10.0.1.4 is not of the VNIC "ens5"
`);
});

it('numbers the ways where lots are drawn', () => {
  const { back: _back, ...other } = explanation;
  const text = ladder({ ...other, others: [other] });
  expect(text.split('\n').filter((line) => line.startsWith('way'))).toEqual([
    'way 1 of 2',
    'way 2 of 2',
  ]);
});

it('draws a flowchart', () => {
  expect(mermaid(explanation)).toBe(`flowchart LR
  a0["<b>a</b><br/>route default dev eth0"]
  a0 -->|"tcp 10.0.1.3:40000 #62; 10.0.9.1:80"| a1
  a1["<b>node</b><br/>destination becomes 10.0.1.4<br/>source 10.0.1.3 is chosen<br/>iptables filter FORWARD: -j ACCEPT"]
  a1 -->|"tcp 10.0.1.3:40000 #62; 10.0.1.4:80"| a2
  a2["<b>b</b><br/>✓ delivered in b"]
  b0["<b>VCN</b><br/>✗ source of #34;ens5#34;"]
`);
});

it('lays a picture out: a column for each namespace, boxes that hold their lines and follow each other', () => {
  const { columns, boxes, arrows, width, height } = picture(explanation);
  expect(columns.map(({ name }) => name)).toEqual(['a', 'node', 'b', 'VCN']);
  expect(arrows.map(({ label, back }) => [label, back])).toEqual([
    ['tcp 10.0.1.3:40000 > 10.0.9.1:80', false],
    ['tcp 10.0.1.3:40000 > 10.0.1.4:80', false],
  ]);
  expect(boxes.flatMap((box) => box.lines.map(({ text, tone }) => `${tone} ${text}`))).toEqual([
    'plain route default dev eth0',
    'plain destination becomes 10.0.1.4',
    'plain source 10.0.1.3 is chosen',
    'plain iptables filter FORWARD: -j ACCEPT',
    'good delivered in b',
    'bad source of "ens5"',
  ]);
  boxes.forEach((box, at) => {
    expect(box.y).toBeGreaterThan(at === 0 ? 0 : boxes[at - 1]!.y + boxes[at - 1]!.height);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    for (const line of box.lines) {
      expect(line.y).toBeGreaterThan(box.y);
      expect(line.y).toBeLessThan(box.y + box.height);
      expect(line.text.length * 6.7).toBeLessThan(box.width);
    }
  });
});

it('writes the picture as SVG, every tag closed', () => {
  const text = svg(explanation);
  expect(text).toContain('>source of &#34;ens5&#34;</text>');
  const opened: string[] = [];
  for (const [, close, name, self] of text.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close) expect(opened.pop()).toBe(name);
    else if (!self) opened.push(name!);
  }
  expect(opened).toEqual([]);
});
