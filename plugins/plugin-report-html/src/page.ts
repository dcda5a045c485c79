import { html, Markup, type Content } from './markup.js';
import { STYLE } from './style.js';

/** A whole page without scripts and without anything to load. */
export const page = (title: string, content: Content): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${new Markup(STYLE)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `.text;

/** A section with its heading; nothing where there is nothing to say. */
export const section = (heading: string, ...content: readonly Content[]): Markup | undefined =>
  content.some((c) => c !== undefined && c !== false)
    ? html`<section>
        <h2>${heading}</h2>
        ${content}
      </section> `
    : undefined;
