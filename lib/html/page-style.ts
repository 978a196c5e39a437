/** The style of a report: light and dark, narrow screens, and paper. Colours have a contrast of 4.5 and more. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #ffffff; --raised: #f6f8fa; --line: #d0d7de;
  --proven: #116329; --broken: #a40e26; --transition: #7d4e00; --blocked: #57606a; --unchecked: #5b3fb0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b1; --paper: #0d1117; --raised: #161b22;
  --line: #30363d; --proven: #56d364; --broken: #ff7b72; --transition: #e3b341; --blocked: #9da7b1; --unchecked: #bc9cff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0.4rem; }
a { color: inherit; } code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
.headline { border-left: 0.4rem solid var(--soft); background: var(--raised); padding: 0.75rem 1rem; overflow-wrap: anywhere; }
.headline p { margin: 0.25rem 0; } .verdict { font-weight: 700; letter-spacing: 0.04em; }
.proven { color: var(--proven); } .broken { color: var(--broken); } .transition { color: var(--transition); }
.blocked { color: var(--blocked); } .unchecked, .not-proven { color: var(--unchecked); }
.headline.broken { border-color: var(--broken); color: inherit; } .headline.proven { border-color: var(--proven); color: inherit; }
.headline.not-proven { border-color: var(--unchecked); color: inherit; }
.path { display: flex; flex-wrap: wrap; gap: 0.4rem 0; list-style: none; margin: 1rem 0; padding: 0; }
.path li { display: flex; align-items: center; min-width: 0; } .path li > span { min-width: 0; overflow-wrap: anywhere; } .path li + li::before { content: "→"; padding: 0 0.4rem; color: var(--soft); }
.path li.broken + li::before, .path li.cut::before { content: "⇥" !important; color: var(--broken); font-weight: 700; }
.path li > span { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.1rem 0.5rem; background: var(--raised); }
.path li.broken > span { border: 2px solid var(--broken); font-weight: 700; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.5rem; text-align: center; }
th[scope="row"] { text-align: left; font-weight: 600; min-width: 8rem; max-width: 24rem; overflow-wrap: anywhere; } thead th { background: var(--raised); }
td { font-weight: 700; } td.text, td.figure { font-weight: 400; text-align: left; overflow-wrap: anywhere; } td.figure { text-align: right; white-space: nowrap; }
.bar { display: block; min-width: 6rem; } .bar .ground { fill: var(--raised); stroke: var(--line); } .bar .share { fill: currentColor; } caption { text-align: left; color: var(--soft); padding-bottom: 0.3rem; }
details { border: 1px solid var(--line); border-radius: 0.4rem; margin: 0.5rem 0; padding: 0.4rem 0.8rem; }
summary { cursor: pointer; font-weight: 600; } summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
dl { display: grid; grid-template-columns: fit-content(14rem) minmax(0, 1fr); gap: 0.2rem 1rem; }
dt, dd, summary, h1, h2, h3 { overflow-wrap: anywhere; } dt { color: var(--soft); } dd { margin: 0; }
ul.checks { padding-left: 1.2rem; } ul.checks ul { color: var(--soft); } li { overflow-wrap: anywhere; }
@media (max-width: 40rem) { body { padding: 0.6rem; } dl { grid-template-columns: minmax(0, 1fr); } dt { margin-top: 0.4rem; } }
@media print { :root { --ink: #000; --paper: #fff; --raised: #fff; --line: #999; } body { max-width: none; padding: 0; font-size: 10pt; }
  details { break-inside: avoid; } details::details-content { content-visibility: visible; } .scroll { overflow: visible; }
  th, td { padding: 0.1rem 0.2rem; font-size: 8pt; overflow-wrap: anywhere; } th[scope="row"] { min-width: 0; } .bar { min-width: 0; width: 5rem; } }
`;
