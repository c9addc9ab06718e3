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
    for (const { expression, isCounted } of ts.isCallExpression(node) ? textsOf(node) : []) {
      const line = lineOf(expression);
      if (ts.isStringLiteralLike(expression)) {
        uses.push({ key: expression.text, file, line });
        if (isCounted) uses.push({ key: `${expression.text}/few`, file, line });
      } else {
        faults.push(`${file}:${line}: no check finds this text, write it here: ${expression.getText()}`);
      }
    }
    if (isOtherTranslate(node)) {
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
 * What a call has translated, if it is one of a translator.
 * @param {ts.CallExpression} call
 * @returns {{ expression: ts.Expression, isCounted: boolean }[]} isCounted: has a form for 2 to 4 as well
 */
function textsOf(call) {
  const name = nameOf(call.expression);
  return (texts.get(name) ?? []).flatMap((index) => {
    const argument = call.arguments[index];
    if (!argument) return [];
    const isCounted = name === 'counted' && index === 3;
    return alternatives(argument).map((expression) => ({ expression, isCounted }));
  });
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
