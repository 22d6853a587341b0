/** How a report looks: readable in light and dark, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2330; --soft: #5a6475; --rule: #dde2ea; --a: #1769aa; --b: #b4451f; --note: #fff6e0; --note-ink: #6b4a00; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161d; --ink: #e8edf5; --soft: #a3aebf; --rule: #2b3340; --a: #6cb4f5; --b: #ff9466; --note: #33290f; --note-ink: #ffdf9a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 28px 24px 48px; max-width: 1160px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.2; overflow-wrap: anywhere; }
.lead, .foot, .pick span { color: var(--soft); }
.lead { margin: 0 0 14px; }
.pick { margin: 0 0 16px; font-size: 20px; }
.notes { margin: 0 0 18px; padding: 10px 14px 10px 32px; background: var(--note); color: var(--note-ink); border-radius: 6px; }
.figures, .tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 18px 28px; }
figure { margin: 0; break-inside: avoid; }
figcaption, caption { font-weight: 600; text-align: left; padding-bottom: 4px; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--soft); }
svg .strong { fill: var(--ink); font-weight: 600; }
.grid { stroke: var(--rule); fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.a { stroke: var(--a); }
.line.b { stroke: var(--b); stroke-dasharray: 7 3; }
.line.guide { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 4; }
.area { opacity: .16; }
.area.a { fill: var(--a); }
.area.b { fill: var(--b); }
.mark { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.dot { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.tables { margin-top: 26px; align-items: start; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; break-inside: avoid; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--rule); text-align: right; }
th[scope="row"], th:first-child { text-align: left; font-weight: 400; }
thead th { color: var(--soft); font-weight: 400; }
.foot { margin-top: 26px; font-size: 13px; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --rule: #ccc; --a: #1769aa; --b: #b4451f; --note: #fff; --note-ink: #000; } body { padding: 0; max-width: none; font-size: 11px; } .figures, .tables { grid-template-columns: 1fr 1fr; } .notes { border: 1px solid var(--rule); } }
`;
