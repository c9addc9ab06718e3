import { html, nothing, type TemplateResult } from 'lit';
import type { Nodes } from 'mdast';

type Rendered = TemplateResult | string | typeof nothing | readonly Rendered[];

/** Markdown as HTML. What it does not know, raw HTML above all, it leaves out. */
export function markdown(nodes: readonly Nodes[]): readonly Rendered[] {
  return nodes.map(rendered);
}

function rendered(node: Nodes): Rendered {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return html`<p>${markdown(node.children)}</p>`;
    case 'heading':
      return heading(node.depth, markdown(node.children));
    case 'inlineCode':
      return html`<code>${node.value}</code>`;
    case 'code':
      return html`<pre><code>${node.value}</code></pre>`;
    case 'emphasis':
      return html`<em>${markdown(node.children)}</em>`;
    case 'strong':
      return html`<strong>${markdown(node.children)}</strong>`;
    case 'link':
      return html`<a href=${node.url}>${markdown(node.children)}</a>`;
    case 'blockquote':
      return html`<blockquote>${markdown(node.children)}</blockquote>`;
    case 'list': {
      const items = node.children.map((item) => html`<li>${markdown(item.children)}</li>`);
      return node.ordered
        ? html`<ol start=${node.start ?? 1}>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'break':
      return html`<br />`;
    case 'thematicBreak':
      return html`<hr />`;
    default:
      return nothing;
  }
}

function heading(depth: number, content: readonly Rendered[]): TemplateResult {
  if (depth === 1) return html`<h1>${content}</h1>`;
  return depth === 2 ? html`<h2>${content}</h2>` : html`<h3>${content}</h3>`;
}
