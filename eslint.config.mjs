import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The rooms of src/ and what none of their files may import, as the design has it: a room imports upwards only. */
const forbidden = {
  kernel: ['runtime', 'host', 'inspect', 'lessons', 'ui', 'api', 'extension'],
  runtime: ['host', 'inspect', 'lessons', 'ui', 'api', 'extension'],
  host: ['inspect', 'lessons', 'ui', 'api', 'extension'],
  inspect: ['runtime', 'host', 'lessons', 'ui', 'api', 'extension'],
  // Of the runtime its interface alone.
  lessons: ['runtime/(?!runtime$).*', 'host', 'ui', 'api', 'extension'],
  ui: ['extension'],
};

const vscode = { name: 'vscode', message: 'Only src/ui and src/extension.ts import vscode.' };

const forRoom = ([room, others]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: room === 'ui' ? [] : [vscode],
        patterns: [
          {
            regex: `^(\\.\\./)+(${others.join('|')})(/|$)`,
            message: `src/${room} may not import this room.`,
          },
        ],
      },
    ],
  },
});

export default defineConfig(
  { ignores: ['dist/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in messages are what messages are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An arrow that passes on what a void function gives is shorter than one with a body, and as clear.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Environment variables are read as env['NAME'], which the compiler's index signatures ask for.
      '@typescript-eslint/dot-notation': 'off',
      // `void` marks a promise that nobody has to wait for; the meaning of the type in unions is VS Code's.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  ...Object.entries(forbidden).map(forRoom),
  {
    files: ['src/api.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ ...vscode, allowTypeImports: true }] },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        AbortSignal: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
);
