import { resolve } from 'node:path'
import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import ts from 'typescript-eslint'
import { electron, everywhere, platform, pureCore } from './eslint/syntax.js'
import { zonesRule } from './eslint/zones.js'

const own = { plugins: { havendesk: { rules: { zones: zonesRule } } } }
const src = resolve('src')

export default ts.config(
  {
    ignores: ['node_modules/', 'out/', '.runtime/', 'test-results/', 'playwright-report/']
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.{core,vision,main,preload,node,web,tools}.json'],
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true }
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }]
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ...own,
    rules: {
      'havendesk/zones': ['error', { src }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...everywhere, ...platform, ...electron]
    }
  },
  {
    // They name what the program may not say.
    files: ['src/**/*.{spec,itest}.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...platform] }
  },
  {
    files: ['src/core/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...platform, ...pureCore] }
  },
  { files: ['src/device/choose.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere] } },
  {
    files: ['src/{renderer,ui,console}/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: hooks.configs.recommended.rules
  },
  {
    // Tests and tools talk to loosely typed worlds (fixtures, JSON reports); the strictest unsafe-* rules stay for src.
    files: [
      '**/*.spec.{ts,tsx}',
      '**/*.itest.ts',
      'test/**',
      'e2e/**',
      'scripts/**/*.ts',
      'build/**/*.ts',
      'eslint/**',
      '*.config.ts'
    ],
    rules: {
      'havendesk/zones': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'max-lines': 'off'
    }
  },
  { files: ['src/**/*.spec.{ts,tsx}', 'src/**/*.itest.ts'], ...own, rules: { 'havendesk/zones': 'off' } },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['scripts/stack/note-alerts.js', 'scripts/bench/watch-tasks.js'],
    languageOptions: { globals: globals.browser }
  }
)
