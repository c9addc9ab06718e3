import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/** What is for those who have the sources. */
const omitted = ['Two commands', 'Development'];

/** Where a link of a README may lead that is shown alone. */
const absolute = /^(https?:|#)/;

/**
 * The README as the editor shows it of an installed extension: there is no other file of the project beside it, so
 * pictures and diagrams are left out, and a link to a file becomes its text.
 * @param {string} readme
 * @returns {string}
 */
export function userReadme(readme) {
  const blocks = [];
  let isOmitted = false;
  for (const block of parse(readme).children) {
    if (block.type === 'heading' && block.depth === 2) isOmitted = omitted.includes(textOf(block, readme));
    if (isOmitted || isPicture(block)) continue;
    const text = withoutLinks(block, readme);
    if (text !== '') blocks.push(text);
  }
  return `${blocks.join('\n\n')}\n`;
}

/**
 * The targets of links and pictures in a Markdown text that lead to files beside it.
 * @param {string} markdown
 * @returns {string[]}
 */
export function relativeTargets(markdown) {
  return [...nodesOf(parse(markdown))].flatMap((node) =>
    'url' in node && typeof node.url === 'string' && !absolute.test(node.url) ? [node.url] : [],
  );
}

/** @param {string} markdown */
function parse(markdown) {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

/**
 * @param {import('mdast').Nodes} node
 * @returns {Iterable<import('mdast').Nodes>}
 */
function* nodesOf(node) {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

/** @param {import('mdast').Nodes} block */
function isPicture(block) {
  if (block.type === 'code') return block.lang === 'mermaid';
  return [...nodesOf(block)].some(({ type }) => type === 'image');
}

/**
 * What stands between the beginning of a node's first child and the end of its last.
 * @param {import('mdast').Parents} node
 * @param {string} source
 */
function textOf(node, source) {
  return source.slice(node.children[0]?.position?.start.offset, node.children.at(-1)?.position?.end.offset);
}

/**
 * A block's text; '' if it is nothing but a link to a file.
 * @param {import('mdast').Nodes} block
 * @param {string} source
 */
function withoutLinks(block, source) {
  const begin = block.position?.start.offset ?? 0;
  let text = source.slice(begin, block.position?.end.offset);
  const links = [...nodesOf(block)].filter((node) => node.type === 'link' && !absolute.test(node.url));
  for (const link of links.reverse()) {
    const from = (link.position?.start.offset ?? 0) - begin;
    const to = (link.position?.end.offset ?? 0) - begin;
    if (to - from === text.length) return '';
    text = text.slice(0, from) + textOf(/** @type {import('mdast').Link} */ (link), source) + text.slice(to);
  }
  return text;
}
