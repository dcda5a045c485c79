import { ERROR_CODES } from '@txsim/core';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);

test('docs/errors.md explains every code, in the order of ERROR_CODES, and no other', () => {
  expect([...sections.keys()]).toEqual([...ERROR_CODES]);
});

test.each(ERROR_CODES)('the section on %s has an example and says what to do', (code) => {
  const section = sections.get(code) ?? '';
  expect(section).toMatch(new RegExp(`^\`\`\`text\n${code} \\[[^\\]]+\\] .+\n\`\`\`$`, 'm'));
  expect(section).toContain('**What to do.** ');
});
