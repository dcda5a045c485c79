/**
 * What typedoc is told of this repository: a module is a package, with the package's name and README; a page has the name
 * of its first heading, and belongs to the group of its folder.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Converter, MinimalSourceFile } from 'typedoc';

/** Folder → heading under which its pages stand; the others are pages, or READMEs of examples. */
const GROUPS = { guides: 'Guides', reference: 'Reference' };

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    // typedoc writes the title itself.
    project.readme[0].text = project.readme[0].text.replace(/^# .*\n/, '');
    for (const module of project.children ?? []) describePackage(app, project, module);
    for (const page of project.documents ?? []) describePage(page, project.files.getReflectionPath(page));
  });
}

function describePackage(app, project, module) {
  const folder = resolve(dirname(module.name));
  const path = join(folder, 'README.md');
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readFileSync(path, 'utf8').replace(/^# .*\n/, '');
  module.name = name;
  module.readme = app.converter.parseRawComment(new MinimalSourceFile(text, path), project.files).content;
  for (const known of [path, folder]) project.files.registerReflectionPath(known, module);
}

function describePage(page, path) {
  page.name = /^# (.*)\n/.exec(page.content[0].text)[1];
  const rest = basename(path) === 'README.md' ? 'Examples' : 'Pages';
  page.frontmatter.group = GROUPS[basename(dirname(path))] ?? rest;
}
