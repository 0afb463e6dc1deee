import { expect, test } from 'vitest';
import { fillBlocks, tracedBlocks } from '../src/traced-blocks.ts';

const page = `# A flow

<!-- trace alpha gamma --port 80 -->
\`\`\`mermaid
flowchart LR
  old
\`\`\`

Between them \`\`\`text is nothing\`\`\`.

<!-- trace while mesh: internet node -->
\`\`\`text
\`\`\`
`;

test('blocks say what is to be traced, and in what form', () => {
  expect(tracedBlocks(page)).toEqual([
    { scene: 'services', words: ['alpha', 'gamma', '--port', '80'], form: 'mermaid' },
    { scene: 'mesh', words: ['internet', 'node'], form: 'text' },
  ]);
});

test('what was traced takes the place of what stood there; the rest of the page stays', () => {
  const filled = fillBlocks(page, ['flowchart LR\n  $& new\n', 'there: delivered\n']);
  expect(filled).toBe(
    page
      .replace('  old', () => '  $& new')
      .replace('```text\n```', '```text\nthere: delivered\n```'),
  );
  expect(fillBlocks(filled, ['a', 'b'])).toBe(fillBlocks(page, ['a', 'b']));
  expect(fillBlocks(filled, [undefined, undefined])).toBe(filled);
});
