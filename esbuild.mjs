import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { compileNative } from './test/harness/compile.mjs';
import { dist, root } from './test/harness/paths.mjs';
import { copy, copyRuntimeFiles } from './test/harness/runtimeFiles.mjs';

const { values: options } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
    arch: { type: 'string', default: process.arch },
  },
});

/** Pages of webviews: media/NAME/page.ts with its style sheets. */
const pageNames = ['inspector', 'lesson'];

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: options.production,
  sourcemap: options.production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'info',
};

/** @type {import('esbuild').BuildOptions} */
const forNode = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

/** @type {import('esbuild').BuildOptions} */
const extension = {
  ...forNode,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  external: ['vscode', 'koffi'],
  plugins: [nodePty(['..', '.']), progress()],
};

/** The runtime's process. */
const host = {
  ...extension,
  entryPoints: ['src/host/main.ts'],
  outfile: 'dist/host.js',
};

/** @type {(name: string) => import('esbuild').BuildOptions} */
const page = (name) => ({
  ...common,
  entryPoints: [`media/${name}/page.ts`],
  outfile: `dist/${name}/page.js`,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  // lit's development build warns in the console and is twice the size.
  conditions: options.production ? [] : ['development'],
  plugins: [styles(name), progress()],
});

/** @type {() => import('esbuild').BuildOptions} */
const tests = () => ({
  ...forNode,
  minify: false,
  sourcemap: 'linked',
  logLevel: 'warning',
  // mocha names its parallel runner's files; tests do not run in parallel.
  logOverride: { 'require-resolve-not-external': 'silent' },
  entryPoints: testEntries(),
  outbase: 'test',
  outdir: 'dist/test',
  external: ['vscode', 'koffi', 'playwright-core', 'typescript'],
  // The harness and mocha are ES modules that ask for their own place; a bundle in CommonJS has none.
  define: { 'import.meta.url': '__bundleUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [nodePty(['../..', '../../..', '../../../..']), progress()],
});

/**
 * node-pty looks for its binary relative to its own file, which a bundle moves. Its Windows half is left out.
 * @param {string[]} folders where prebuilds/ may be, relative to the bundle
 * @returns {import('esbuild').Plugin}
 */
function nodePty(folders) {
  const original = "var relative = ['..', '.'];";
  return {
    name: 'node-pty',
    setup(build) {
      build.onLoad({ filter: /node-pty\/lib\/windowsTerminal\.js$/ }, () => ({ contents: '' }));
      build.onLoad({ filter: /node-pty\/lib\/utils\.js$/ }, ({ path }) => {
        const contents = readFileSync(path, 'utf8');
        if (!contents.includes(original)) throw new Error('node-pty finds its binary in another way now.');
        return { contents: contents.replace(original, `var relative = ${JSON.stringify(folders)};`) };
      });
    },
  };
}

/**
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
function styles(name) {
  const folder = join(root, 'media', name);
  return {
    name: 'styles',
    setup(build) {
      build.onEnd(() => {
        const sheets = readdirSync(folder).filter((file) => file.endsWith('.css'));
        for (const sheet of sheets) copy(join(folder, sheet), join(dist, name, sheet));
      });
    },
  };
}

/**
 * Tells an editor's background task where a build begins and ends.
 * @returns {import('esbuild').Plugin}
 */
function progress() {
  return {
    name: 'progress',
    setup(build) {
      if (!options.watch) return;
      build.onStart(() => console.log('[watch] build started'));
      build.onEnd(() => console.log('[watch] build finished'));
    },
  };
}

/**
 * Every test file is a bundle of its own: mocha loads them one by one, and a run can take a few of them. So is every
 * helper: a program that a test starts in a process of its own.
 */
function testEntries() {
  const files = readdirSync(join(root, 'test'), { recursive: true }).map(String);
  return files
    .filter(
      (file) =>
        /\.(test|bench|helper)\.ts$/.test(file) ||
        /^(extension|bench\/host)\/index\.ts$/.test(file) ||
        file === 'harness/mochaMain.ts',
    )
    .map((file) => join('test', file));
}

function builds() {
  const all = [extension, host, ...pageNames.map(page)];
  if (options.tests) {
    rmSync(join(dist, 'test'), { recursive: true, force: true });
    all.push(tests());
  }
  return all;
}

async function main() {
  if (options.production)
    for (const name of ['extension', 'host']) rmSync(join(dist, `${name}.js.map`), { force: true });
  if (options.production)
    for (const name of pageNames) rmSync(join(dist, name), { recursive: true, force: true });
  copyRuntimeFiles(options.arch);
  await compileNative(options.arch);
  if (options.watch) {
    const contexts = await Promise.all(builds().map((build) => esbuild.context(build)));
    await Promise.all(contexts.map((context) => context.watch()));
  } else {
    await Promise.all(builds().map((build) => esbuild.build(build)));
  }
}

try {
  await main();
} catch (error) {
  // esbuild has already printed its own errors, with the place in the source.
  if (!(error instanceof Error && 'errors' in error))
    console.error(`${basename(import.meta.filename)}: ${error}`);
  process.exitCode = 1;
}
