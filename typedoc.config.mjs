/** The site: guides, pages and every public symbol; `npm run docs` writes it. @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'TxSim',
  plugin: ['./scripts/site.mjs'],
  entryPoints: ['packages/*/src/index.ts', 'plugins/*/src/index.ts'],
  projectDocuments: [
    'docs/guides/getting-started.md',
    'docs/guides/*.md',
    'docs/*.md',
    'docs/reference/*.md',
    'CONTRIBUTING.md',
    'examples/*/README.md',
  ],
  readme: 'README.md',
  out: 'site',
  navigation: { includeGroups: true },
  // A type error is one of `npm run typecheck`.
  skipErrorChecking: true,
  // Nothing of the site depends on where the repository lies.
  disableGit: true,
  disableSources: true,
  treatWarningsAsErrors: true,
};
