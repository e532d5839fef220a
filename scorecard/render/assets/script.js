// Sorting, filtering and the choice of an area, for readers whose browser runs scripts. Without it every table stands
// whole in the order of the scorecard, and nothing is missing. Lines of comment and white space are left out of the page.
(() => {
'use strict';
const main = document.querySelector('main');
if (!main) return;
const make = (name, attributes, ...children) => {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	element.append(...children);
	return element;
};
const live = make('p', {class: 'vh', role: 'status'});
main.append(live);
const say = text => { live.textContent = text; };
const narrow = matchMedia('(max-width: 1160px)');
const fewest = 5;
let ids = 0;

// What a cell is sorted by: a number, the year in which a period ends, or its words; null where no figure is held.
const key = (cell, kind) => {
	if (!cell) return null;
	const text = (cell.querySelector('.big, a, .chip, .trend') || cell).textContent.trim();
	if (!text || /^([–[]|not |no )/.test(text) && kind !== 'text') return null;
	if (kind === 'period') {
		const split = text.match(/(\d{4})\/\d\d/);
		const years = text.match(/\d{4}/g);
		return split ? +split[1] + 1 : years ? +years[years.length - 1] : null;
	}
	if (kind === 'number') {
		const digits = text.replace(/,/g, '').replace(/−/g, '-').match(/-?\d+(\.\d+)?/);
		return digits ? +digits[0] : null;
	}
	return text.toLowerCase();
};
const compare = (a, b, descending) => {
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	const order = typeof a === 'number' ? a - b : a.localeCompare(b, 'en-GB');
	return descending ? -order : order;
};
// A line that is never read alone stays below its own.
const lines = body => {
	const found = [];
	for (const row of body.rows) {
		if (row.classList.contains('follows') && found.length) found[found.length - 1].push(row);
		else found.push([row]);
	}
	return found;
};

for (const table of document.querySelectorAll('table[data-sort]')) {
	const body = table.tBodies[0];
	if (!body || body.rows.length < fewest) continue;
	const heads = [...table.tHead.rows[0].cells].filter(head => !head.classList.contains('drawn'));
	const original = lines(body);
	const kindOf = head => head.dataset.kind || (head.classList.contains('num') ? 'number' : 'text');
	const nameOf = head => head.firstChild.textContent.trim();
	const select = make('select', {id: 'sort-' + ++ids}, make('option', {value: ''}, 'the scorecard’s order'));
	heads.forEach((head, i) => select.append(
		make('option', {value: i + ' ascending'}, nameOf(head) + ', ascending'),
		make('option', {value: i + ' descending'}, nameOf(head) + ', descending')));
	const caption = table.caption.textContent.trim();
	const sort = (head, direction) => {
		const sorted = [...original];
		if (direction) {
			const kind = kindOf(head);
			sorted.sort((a, b) => compare(key(a[0].cells[head.cellIndex], kind), key(b[0].cells[head.cellIndex], kind), direction === 'descending'));
		}
		body.append(...sorted.flat());
		for (const other of heads) other.removeAttribute('aria-sort');
		if (direction) head.setAttribute('aria-sort', direction);
		select.value = direction ? heads.indexOf(head) + ' ' + direction : '';
		say(caption + ': sorted by ' + (direction ? nameOf(head) + ', ' + direction : 'the scorecard’s order'));
	};
	const next = {null: 'ascending', ascending: 'descending', descending: ''};
	const buttons = heads.map(head => {
		const button = make('button', {type: 'button', class: 'sort'});
		button.addEventListener('click', () => sort(head, next[head.getAttribute('aria-sort')]));
		return button;
	});
	select.addEventListener('change', () => {
		const [at, direction] = select.value.split(' ');
		sort(heads[+at], direction || '');
	});
	const tools = make('div', {class: 'tools'}, make('label', {for: select.id}, 'Sort ', make('span', {class: 'vh'}, caption + ' '), 'by'), select);
	(table.closest('.scroll') || table).before(tools);
	// Where rows become cards there is no head to press: the list of columns takes its place.
	const lay = () => {
		const cards = narrow.matches && table.classList.contains('cards');
		tools.hidden = !cards;
		heads.forEach((head, i) => {
			const pressed = buttons[i].parentNode === head;
			if (cards && pressed) head.replaceChildren(...buttons[i].childNodes);
			if (!cards && !pressed) {
				buttons[i].replaceChildren(...head.childNodes);
				head.append(buttons[i]);
			}
		});
	};
	narrow.addEventListener('change', lay);
	lay();
}

// A link to an entry opens it.
const reveal = () => {
	const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
	if (target && target.localName === 'details') target.open = true;
};
addEventListener('hashchange', reveal);
reveal();

for (const tools of document.querySelectorAll('[data-filter]')) {
	const rows = [...document.querySelectorAll('.filterable tbody tr, .filterable .entry')];
	const input = make('input', {type: 'search', id: 'filter', autocomplete: 'off'});
	const words = rows.map(row => row.textContent.toLowerCase());
	tools.append(make('label', {for: 'filter'}, tools.dataset.filter), input);
	input.addEventListener('input', () => {
		const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
		let shown = 0;
		rows.forEach((row, i) => {
			row.hidden = !wanted.every(word => words[i].includes(word));
			if (!row.hidden) shown++;
		});
		for (const part of document.querySelectorAll('.filterable table, section.filterable')) {
			const held = part.querySelectorAll('tbody tr, .entry');
			part.hidden = held.length > 0 && ![...held].some(row => !row.hidden);
		}
		say(shown + ' of ' + rows.length + ' shown');
	});
}

for (const tools of document.querySelectorAll('[data-areas]')) {
	const tables = [...document.querySelectorAll('table.areas')];
	if (!tables.length) continue;
	const select = make('select', {id: 'area'}, make('option', {value: ''}, 'All areas'));
	for (const head of tables[0].tHead.rows[0].cells) {
		if (head.dataset.area === 'other') select.append(make('option', {value: head.textContent.trim()}, head.textContent.trim()));
	}
	tools.append(make('label', {for: 'area'}, tools.dataset.areas), select);
	select.addEventListener('change', () => {
		for (const table of tables) {
			for (const head of table.tHead.rows[0].cells) {
				const hidden = head.dataset.area === 'other' && select.value !== '' && head.textContent.trim() !== select.value;
				for (const row of table.rows) row.cells[head.cellIndex].hidden = hidden;
			}
		}
		say(select.value ? select.value + ' is shown' : 'All areas are shown');
	});
}
})();
