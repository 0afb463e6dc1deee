import type { Explanation, StepKind } from '../explanation.ts';
import { between, landmarks, type Stage, said, stages } from './stages.ts';

/** Pixels of a character of the picture's monospaced type, and of a line of it. */
const character = 6.7;
const lineHeight = 15;
const columnWidth = 300;
const gap = 70;
const headHeight = 34;
const padding = 8;

/** What a drawing of an explanation consists of, in pixels: a column for each namespace, time downwards. */
export interface Picture {
  width: number;
  height: number;
  columns: { name: string; x: number; width: number }[];
  boxes: { x: number; y: number; width: number; height: number; lines: Line[] }[];
  arrows: { from: number; to: number; y: number; label: string; back: boolean }[];
}

export interface Line {
  text: string;
  y: number;
  tone: 'plain' | 'good' | 'bad' | 'doubt';
}

export function picture(explanation: Explanation): Picture {
  const ways = [explanation, ...(explanation.back ? [explanation.back] : [])];
  const names = [...new Set(ways.flatMap((way) => way.steps.map(({ namespace }) => namespace)))];
  const columns = names.map((name, at) => ({
    name,
    x: padding + at * (columnWidth + gap),
    width: columnWidth,
  }));
  const drawn: Picture = { width: 0, height: 0, columns, boxes: [], arrows: [] };
  const bottom = ways.reduce((y, way, at) => draw(drawn, way, at > 0, y), headHeight + 2 * padding);
  const last = columns.at(-1);
  return { ...drawn, width: (last?.x ?? 0) + columnWidth + padding, height: bottom + padding };
}

/** Adds one way below `top`; gives where it ends. */
function draw(drawn: Picture, way: Explanation, back: boolean, top: number): number {
  const all = stages(way);
  return all.reduce((y, stage, at) => {
    const column = drawn.columns.find(({ name }) => name === stage.namespace)!;
    const lines = linesOf(stage, way).map((line, row) => ({
      ...line,
      y: y + padding + (row + 0.8) * lineHeight,
    }));
    const height = lines.length * lineHeight + 2 * padding;
    if (lines.length > 0) drawn.boxes.push({ x: column.x, y, width: column.width, height, lines });
    const next = drawn.columns.find(({ name }) => name === all[at + 1]?.namespace);
    const below = y + (lines.length > 0 ? height : 0);
    if (next === undefined) return below + 2 * padding;
    const middle = columnWidth / 2;
    const label = between(stage);
    const arrowY = below + 2 * lineHeight;
    drawn.arrows.push({ from: column.x + middle, to: next.x + middle, y: arrowY, label, back });
    return arrowY + padding;
  }, top);
}

function linesOf(stage: Stage, { verdict }: Explanation): Omit<Line, 'y'>[] {
  return landmarks(stage).flatMap((step) => {
    const { kind } = step;
    const tone = kind === 'deliver' && verdict !== 'delivered' ? 'plain' : (tones[kind] ?? 'plain');
    return wrap(said(step)).map((line) => ({ text: line, tone }));
  });
}

const tones: Partial<Record<StepKind, Line['tone']>> = {
  drop: 'bad',
  unjudged: 'doubt',
  deliver: 'good',
};

/** Breaks at blanks, and anywhere in a word that is too long for a line. */
function wrap(text: string): string[] {
  const room = Math.floor((columnWidth - 2 * padding) / character);
  const words = text
    .split(' ')
    .flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'g')) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
