import * as assert from 'node:assert/strict';
import { relativeTargets, userReadme } from '../harness/userReadme.mjs';

const readme = `# Tool

[Slovensky](README.sk.md)

What it does, see [the page](docs/page.md), [the article][a] and [a site](https://example.org).

[a]: https://example.org/article

![A picture](docs/picture.png)

## Two commands

Run \`npm start\`.

## Use

| left                 | right              |
| -------------------- | ------------------ |
| ![one](docs/one.png) | [two](docs/two.md) |

\`\`\`mermaid
graph
\`\`\`

- Press F1, as [here](docs/page.md#here).
`;

describe('the README of an installed extension', () => {
  it('has no pictures, nothing for those who have the sources, and links only to where they lead', () => {
    assert.equal(
      userReadme(readme),
      `# Tool

What it does, see the page, [the article][a] and [a site](https://example.org).

[a]: https://example.org/article

## Use

- Press F1, as here.
`,
    );
  });

  it('is checked for what is not beside it', () => {
    assert.deepEqual(relativeTargets(readme).slice(0, 3), [
      'README.sk.md',
      'docs/page.md',
      'docs/picture.png',
    ]);
    assert.deepEqual(relativeTargets(userReadme(readme)), []);
  });
});
