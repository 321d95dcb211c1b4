// How the page looks, and what it does when one points at a line. Both are part of the page: it asks nothing of the network.

export const style = `
:root { color-scheme: light dark; --line: #8884; --near: #fd02; --same: #fd06; --known: #2a7a2a; --dim: #777; }
@media (prefers-color-scheme: dark) { :root { --known: #8c8; --dim: #999; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 110em; padding: 0 1.5em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.15em; margin-top: 2em; }
h3 { font: 600 1em ui-monospace, monospace; margin: 1.2em 0 .2em; }
h3 small { font-weight: normal; color: var(--dim); }
p { margin: .2em 0; max-width: 75em; }
section.code { display: grid; grid-template-columns: 1fr 1.4fr 1.4fr; gap: 1em; border-top: 1px solid var(--line); }
section.code > div { min-width: 0; max-height: 90vh; overflow: auto; position: sticky; top: 0; }
@media (max-width: 70em) { section.code { grid-template-columns: 1fr; } section.code > div { position: static; } }
ol { list-style: none; margin: 0; padding: 0; font: 13px/1.45 ui-monospace, monospace; tab-size: 4; }
li { padding: 0 .4em; white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid transparent; cursor: default; }
li[data-l], li[data-c] { cursor: pointer; }
li.near { background: var(--near); } li.same { background: var(--same); border-color: #fa0; }
li b { font-weight: normal; color: var(--dim); display: inline-block; min-width: 3.2em; }
li i { display: block; font-style: normal; color: var(--known); padding-left: 3.6em; }
h4 { margin: .6em 0 .3em; color: var(--dim); font-weight: 600; }
footer { margin: 3em 0 1em; color: var(--dim); }
`;

/** Lines that belong together light up: those of the same line of C strongly, those of the script's line faintly. */
export const behaviour = `
(function () {
	"use strict";
	var pinned = null;
	function light(from) {
		document.querySelectorAll("li.near, li.same").forEach(function (li) { li.classList.remove("near", "same"); });
		if (!from) return;
		var line = from.dataset.l, c = from.dataset.c;
		document.querySelectorAll("li").forEach(function (li) {
			if (line && li.dataset.l === line) li.classList.add("near");
			if (c ? li.dataset.c === c : li === from) li.classList.add("same");
		});
	}
	function show(from) {
		if (!from) return;
		var section = from.closest("section");
		section.querySelectorAll("div").forEach(function (column) {
			if (column.contains(from)) return;
			var first = column.querySelector("li.same") || column.querySelector("li.near");
			if (first) column.scrollTop = first.offsetTop - column.offsetTop - 40;
		});
	}
	document.addEventListener("mouseover", function (e) { if (!pinned) light(e.target.closest("li[data-l], li[data-c]")); });
	document.addEventListener("click", function (e) {
		var li = e.target.closest("li[data-l], li[data-c]");
		pinned = li === pinned ? null : li;
		light(li);
		show(pinned);
	});
	document.addEventListener("keydown", function (e) { if (e.key === "Escape") { pinned = null; light(null); } });
})();
`;
