import { resolve } from 'node:path'

/** A native package cannot be bundled: of each exactly the files that are loaded here, and nothing for other systems. */
const natives: Readonly<Record<string, readonly string[]>> = {
  keytar: [
    'package.json',
    'LICENSE.md',
    'lib/keytar.js',
    `prebuilds/${process.platform}-${process.arch}/*.node`
  ],
  '@photostructure/sqlite': [
    'package.json',
    'LICENSE',
    'dist/index.cjs',
    `prebuilds/${process.platform}-${process.arch}/*.glibc.node`
  ],
  'node-gyp-build': ['package.json', 'LICENSE', 'index.js', 'node-gyp-build.js'],
  koffi: ['package.json', 'LICENSE.txt', 'index.cjs', 'src/koffi/index.cjs', 'src/koffi/src/*.cjs'],
  [`@koromix/koffi-${process.platform}-${process.arch}`]: [
    'package.json',
    'index.js',
    `${process.platform}_${process.arch}/*.node`
  ]
}

/** File sets for the packager: what lies beside the bundle. */
export const nativeFileSets = () =>
  Object.entries(natives).map(([name, filter]) => ({
    from: resolve('node_modules', name),
    to: `node_modules/${name}`,
    filter: [...filter]
  }))
