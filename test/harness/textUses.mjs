import ts from 'typescript';

/** @typedef {{ file: string, text: string }} Source */
/** @typedef {{ key: string, file: string, line: number }} Place */
/** @typedef {Place & { value: string }} Entry */

/** What is called, and which arguments of it are texts. `counted` is in src/ui/translate.ts. */
const texts = new Map([
  ['t', [0]],
  ['counted', [2, 3]],
]);

/** The translator itself passes on what it is given. */
const translator = ['src/ui/language.ts', 'src/ui/translate.ts'];

/**
 * The texts that a file of TypeScript has translated, and the calls whose texts cannot be known without running it.
 * @param {Source} source
 * @returns {{ uses: Place[], faults: string[] }}
 */
export function usesIn({ file, text }) {
  /** @type {Place[]} */
  const uses = [];
  /** @type {string[]} */
  const faults = [];
  if (translator.includes(file)) return { uses, faults };
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lineOf = (/** @type {ts.Node} */ node) => lineIn(parsed, node);

  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isCallExpression(node)) {
      const name = nameOf(node.expression);
      for (const index of texts.get(name) ?? []) {
        const argument = node.arguments[index];
        if (!argument) continue;
        for (const each of alternatives(argument)) {
          const line = lineOf(each);
          if (!ts.isStringLiteralLike(each)) {
            faults.push(`${file}:${line}: no check finds this text, write it here: ${each.getText()}`);
            continue;
          }
          uses.push({ key: each.text, file, line });
          if (name === 'counted' && index === 3) uses.push({ key: `${each.text}/few`, file, line });
        }
      }
    } else if (isOtherTranslate(node)) {
      faults.push(`${file}:${lineOf(node)}: a Translate is called t, for checks to find: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return { uses, faults };
}

/**
 * The keys and values of a JSON file that is one flat object, in their order.
 * @param {Source} source
 * @returns {Entry[]}
 */
export function entriesOf({ file, text }) {
  const parsed = ts.parseJsonText(file, text);
  const object = parsed.statements[0]?.expression;
  if (!object || !ts.isObjectLiteralExpression(object)) throw new Error(`${file} holds no object.`);
  return object.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) &&
    ts.isStringLiteral(property.name) &&
    ts.isStringLiteral(property.initializer)
      ? [{ key: property.name.text, value: property.initializer.text, file, line: lineIn(parsed, property) }]
      : [],
  );
}

/**
 * Where package.json has %key% for a text. VS Code replaces only what is the whole of a value.
 * @param {Source} source
 * @returns {Place[]}
 */
export function manifestUses({ file, text }) {
  const parsed = ts.parseJsonText(file, text);
  /** @type {Place[]} */
  const uses = [];
  const visit = (/** @type {ts.Node} */ node) => {
    const key = ts.isStringLiteral(node) ? /^%(.+)%$/.exec(node.text)?.[1] : undefined;
    if (key !== undefined) uses.push({ key, file, line: lineIn(parsed, node) });
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return uses;
}

/**
 * Both texts of `condition ? 'one' : 'other'`.
 * @param {ts.Expression} expression
 * @returns {ts.Expression[]}
 */
function alternatives(expression) {
  if (ts.isParenthesizedExpression(expression)) return alternatives(expression.expression);
  if (!ts.isConditionalExpression(expression)) return [expression];
  return [expression.whenTrue, expression.whenFalse].flatMap(alternatives);
}

/**
 * `t` of `t(...)` and of `this.t(...)`.
 * @param {ts.Expression} callee
 */
function nameOf(callee) {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

/** @param {ts.Node} node */
function isOtherTranslate(node) {
  const isTyped =
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node);
  return isTyped && node.type?.getText() === 'Translate' && node.name.getText() !== 't';
}

/**
 * Counted from 1.
 * @param {ts.SourceFile} parsed
 * @param {ts.Node} node
 */
function lineIn(parsed, node) {
  return parsed.getLineAndCharacterOfPosition(node.getStart(parsed)).line + 1;
}
