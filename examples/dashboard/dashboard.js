import { Tidegate } from '/sdk/index.js';
import { url } from '/gateway.js';
import { showConnection, token } from '/shared/guest.js';

const POINTS = 60;
const tiles = document.querySelector('#tiles');

const { metrics } = await (await fetch('/metrics')).json();
const tidegate = new Tidegate({ url, token, transports: ['sse'] });
showConnection(tidegate);

for (const { id, title, unit } of metrics) {
  const tile = tiles.appendChild(document.createElement('div'));
  tile.className = 'card';
  tile.dataset.metric = id;
  tile.innerHTML = `<dt></dt><dd><span class="value"><output>–</output> <small></small></span>
    <svg viewBox="0 0 ${POINTS - 1} 1" preserveAspectRatio="none" aria-hidden="true"><polyline /></svg>
    <small class="when">no value yet</small></dd>`;
  tile.querySelector('dt').textContent = title;
  tile.querySelector('.value small').textContent = unit;
  const points = [];
  // Begins one message back: a page that opens between two values shows the last one at once.
  tidegate.channel(`dashboard:${id}`).subscribe(({ data, timestamp }) => {
    tile.querySelector('output').textContent = data.value.toLocaleString('en', { minimumFractionDigits: 1 });
    tile.querySelector('.when').textContent = `at ${new Date(timestamp).toLocaleTimeString()}`;
    points.push(data.value);
    if (points.length > POINTS) points.shift();
    draw(tile.querySelector('polyline'), points);
  }, { rewind: 1 });
}

function draw(line, points) {
  const low = Math.min(...points);
  const height = Math.max(...points) - low || 1;
  line.setAttribute('points', points.map((value, x) => `${x},${1 - (value - low) / height}`).join(' '));
}
