/** In the order in which they are read. */
const GUIDES = [
  'getting-started',
  'devices',
  'networks',
  'wires',
  'studies',
  'plugins',
  'device-model',
  'non-ideality',
  'mapping',
  'speedup-policy',
  'backend',
];

/** The site: guides, pages and every public symbol; `npm run docs` writes it. @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'TxSim',
  plugin: ['./scripts/site.mjs'],
  entryPoints: ['packages/*/src/index.ts', 'plugins/*/src/index.ts'],
  projectDocuments: [
    ...GUIDES.map((name) => `docs/guides/${name}.md`),
    'docs/*.md',
    'docs/reference/*.md',
    'CONTRIBUTING.md',
    'examples/*/README.md',
  ],
  readme: 'README.md',
  out: 'site',
  navigation: { includeGroups: true },
  groupOrder: ['Guides', 'Pages', 'Reference', 'Examples', 'Modules'],
  // A type error is one of `npm run typecheck`.
  skipErrorChecking: true,
  // Nothing of the site depends on where the repository lies.
  disableGit: true,
  disableSources: true,
  treatWarningsAsErrors: true,
};
