/** The page's style: system font, light and dark, plots on white, fit for print. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d1f21; --soft: #5b6168; --line: #d9dde1; --page: #f6f7f8; --card: #fff; --accent: #0072b2; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ea; --soft: #a2a9b0; --line: #3a3f44; --page: #17191b; --card: #212427; --accent: #56b4e9; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; }
.subtitle, .note, caption { color: var(--soft); }
.subtitle { margin: 0.25rem 0 1.5rem; overflow-wrap: anywhere; }
.note { font-size: 0.85rem; margin: 0.5rem 0 0; color: #5b6168; }
.remark, .warnings { border-left: 4px solid #e69f00; background: var(--card); padding: 0.6rem 1rem; margin: 1rem 0; }
.warnings { padding-left: 2rem; overflow-wrap: anywhere; }
.headline { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0; }
.headline div { flex: 1 1 7.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.7rem 1rem; }
.headline dt { color: var(--soft); font-size: 0.85rem; }
.headline dd { margin: 0; font-size: 1.35rem; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.headline .main dd { color: var(--accent); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; padding: 1rem; background: #fff; color: #1d1f21; border: 1px solid var(--line); border-radius: 8px; break-inside: avoid; }
.wide-plot { grid-column: 1 / -1; overflow-x: auto; }
.wide-plot svg { min-width: 44rem; }
figcaption { margin-bottom: 0.5rem; overflow-wrap: anywhere; }
figure svg { display: block; max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--card); font-size: 0.92rem; }
caption { text-align: left; padding: 0.3rem 0; font-size: 0.85rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.7rem; border: 1px solid var(--line); font-weight: normal; }
thead th { font-weight: 600; }
.numbers th, .numbers td { text-align: right; font-variant-numeric: tabular-nums; }
.plots + .wide { margin-top: 1rem; }
.parameter { white-space: nowrap; }
.parameter b { font-weight: normal; color: var(--soft); }
.off { opacity: 0.6; }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
@media (max-width: 30rem) { .parameter { white-space: normal; overflow-wrap: anywhere; } }
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #fff; --accent: #000; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
}
`;
