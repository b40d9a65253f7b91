/**
 * How the report looks: light or dark as the reader's system is, and a list instead of a table
 * where it is narrow.
 */
export const STYLE = `
:root {
  --page: #f6f6f4; --card: #fff; --ink: #1d1e22; --quiet: #5c5f66; --line: #dcdcd8; --code: #f3f3f0; --link: #0b57b7;
  --BLOCKED: #ad1f17; --BLOCKED-tint: #fdebe9;
  --UNKNOWN: #66399b; --UNKNOWN-tint: #f3ecfb;
  --DEPENDS_ON_BACKEND: #7d5200; --DEPENDS_ON_BACKEND-tint: #fff3d9;
  --ALLOWED: #12653e; --ALLOWED-tint: #e6f4ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121317; --card: #1a1c21; --ink: #e9e9ec; --quiet: #a2a5ad;
    --line: #33363d; --code: #23252b; --link: #8ab8ff;
    --BLOCKED: #ff9c92; --BLOCKED-tint: #3b1b19;
    --UNKNOWN: #cfaef5; --UNKNOWN-tint: #2d2139;
    --DEPENDS_ON_BACKEND: #f3c566; --DEPENDS_ON_BACKEND-tint: #352a12;
    --ALLOWED: #7fd6a6; --ALLOWED-tint: #14301f;
  }
}
.BLOCKED, .BROKEN { --tone: var(--BLOCKED); --tint: var(--BLOCKED-tint); }
.UNKNOWN { --tone: var(--UNKNOWN); --tint: var(--UNKNOWN-tint); }
.DEPENDS_ON_BACKEND { --tone: var(--DEPENDS_ON_BACKEND); --tint: var(--DEPENDS_ON_BACKEND-tint); }
.ALLOWED { --tone: var(--ALLOWED); --tint: var(--ALLOWED-tint); }

* { box-sizing: border-box; }
[hidden], .scripted .panel:not(.open) { display: none !important; }
body {
  margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 4rem; background: var(--page);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; letter-spacing: -.01em; }
h1 code { font-size: .92em; }
header p { margin: .5rem 0 0; }
.asked { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; color: var(--quiet); }
.asked b { color: var(--ink); font-weight: 500; }
.remark { color: var(--quiet); font-size: .92rem; margin: .5rem 0; overflow-wrap: anywhere; }
#first ol { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none; }
#first li { color: var(--ink); }
#first ol > li {
  border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: .5rem;
  background: var(--card);
}
#first summary { padding: .6rem .9rem; cursor: pointer; overflow-wrap: anywhere; }
#first summary b, #first summary span { color: var(--tone); }
#first summary small { color: var(--quiet); }
details ul {
  columns: 16rem; gap: 1.5rem; margin: 0; padding: .2rem .9rem .6rem; list-style: none; max-height: 60vh;
  overflow-y: auto;
}
details ul li { break-inside: avoid; overflow-wrap: anywhere; }
#first details p { margin: 0; padding: 0 .9rem .7rem; color: var(--quiet); overflow-wrap: anywhere; }
code, pre, .method {
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em;
  overflow-wrap: anywhere;
}
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

form {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .75rem 1.25rem;
  align-items: center; margin: 1.25rem 0 1.5rem; padding: .75rem 0; background: var(--page);
  border-bottom: 1px solid var(--line);
}
fieldset { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; padding: 0; border: 0; }
legend { position: absolute; clip-path: inset(50%); }
form { --tone: var(--ink); --tint: var(--card); }
.filter {
  display: inline-flex; gap: .4rem; align-items: center; padding: .3rem .8rem .3rem .6rem;
  border-radius: 2rem; color: var(--tone); background: var(--tint); cursor: pointer;
  overflow-wrap: anywhere;
}
.filter input { accent-color: var(--tone); margin: 0; }
.filter:not(:has(:checked)) { background: none; box-shadow: inset 0 0 0 1px var(--line); color: var(--quiet); }

h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; overflow-wrap: anywhere; }
h2 small { color: var(--quiet); font-weight: 400; font-size: .85em; margin-left: .3rem; }
.note {
  color: var(--tone); background: var(--tint); border-radius: .5rem; padding: .5rem .8rem;
  margin: .5rem 0; overflow-wrap: anywhere;
}
.wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
table { border-collapse: collapse; table-layout: fixed; min-width: 100%; }
col.route { width: 24rem; }
col.outcome { width: 15rem; }
tr > :first-child { position: sticky; left: 0; background: var(--card); }
td[colspan] { position: static; }
.fold summary { cursor: pointer; color: var(--quiet); }
.fold i { display: none; }
thead th { font-size: .85rem; font-weight: 500; color: var(--quiet); text-align: left; padding: .6rem .9rem; }
tbody { border-top: 1px solid var(--line); }
tbody th { text-align: left; font-weight: 400; padding: .4rem .9rem; overflow-wrap: anywhere; }
td { padding: .4rem .9rem; }
.method { display: inline-block; min-width: 4.2em; font-weight: 600; color: var(--quiet); }
.origin { display: none; }
td button {
  font: inherit; font-size: .92rem; color: var(--tone); background: var(--tint); border: 0;
  border-radius: 2rem; padding: .2rem .8rem; cursor: pointer; white-space: nowrap;
}
td button:hover, td button[aria-expanded=true] { box-shadow: inset 0 0 0 1.5px currentColor; }
.faded button { opacity: .35; }

.panel td { padding: 0 .9rem .9rem; }
article {
  border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: .5rem;
  padding: 1rem 1.1rem; background: var(--page);
}
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
h3 span { font-weight: 400; color: var(--quiet); }
.reason { margin: .35rem 0 .8rem; overflow-wrap: anywhere; }
dl {
  display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem;
  margin: 0 0 1rem; padding: .7rem .9rem; border-radius: .5rem; background: var(--tint);
}
dt { color: var(--tone); font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.exchanges { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: .8rem; }
.exchanges section {
  background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .7rem .9rem; min-width: 0;
}
.exchanges .decisive { border-color: var(--tone); }
h4 { margin: 0; font-size: .95rem; }
h4 span { float: right; font-weight: 400; font-size: .85rem; color: var(--quiet); }
.decisive h4 span { color: var(--tone); }
.absent { color: var(--quiet); }
.absent p { margin: .3rem 0 0; }
h5 { margin: .7rem 0 .2rem; font-size: .8rem; font-weight: 500; color: var(--quiet); }
pre { margin: 0; padding: .5rem .7rem; background: var(--code); border-radius: .4rem; white-space: pre-wrap; }
pre b { font-weight: 400; color: var(--quiet); }

@media (max-width: 44rem) {
  body { padding: 1.25rem .8rem 3rem; }
  h1 { font-size: 1.3rem; }
  form { position: static; }
  thead, colgroup { display: none; }
  table, tbody, tr, td, tbody th { display: block; }
  tbody { padding: .5rem 0; }
  tbody th { padding-bottom: .1rem; }
  td[data-origin] {
    display: flex; justify-content: space-between; align-items: center; gap: .2rem .8rem;
    padding: .15rem .9rem;
  }
  .origin { display: block; min-width: 0; font-size: .88rem; color: var(--quiet); overflow-wrap: anywhere; }
  td button { flex: none; }
  .panel td { padding: .4rem .5rem; }
  article { padding: .8rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd + dt { margin-top: .5rem; }
  h4 span { float: none; display: block; }
}
@media print {
  form { display: none; }
  #first ol > li, tbody { break-inside: avoid; }
  td button { border: 1px solid; }
}
`;
