import { Tidegate } from '/sdk/index.js';
import { url } from '/gateway.js';
import { me, showConnection, token } from '/shared/guest.js';

const [question, options, verdict, scores] = ['#question', '#options', '#verdict', '#scores'].map((id) => document.querySelector(id));

const tidegate = new Tidegate({ url, token });
showConnection(tidegate);

tidegate.channel('quiz:game').subscribe(({ data }) => {
  question.textContent = data.text;
  verdict.textContent = '';
  options.replaceChildren(...data.options.map((text, option) => {
    const button = Object.assign(document.createElement('button'), { textContent: text });
    button.addEventListener('click', () => answer(data.n, option, button));
    return button;
  }));
}, { rewind: 1 });

async function answer(n, option, button) {
  for (const one of options.children) one.disabled = true;
  button.setAttribute('aria-pressed', 'true');
  try {
    await tidegate.channel('quiz:answers').publish({ data: { n, option } }).confirmed;
    verdict.textContent = 'Your answer is in. First to be right wins most.';
  } catch (error) {
    verdict.textContent = `Your answer was not taken: ${error.message}`;
  }
}

tidegate.channel('quiz:scores').subscribe(({ data }) => {
  scores.replaceChildren(...data.top.map(([name, points], place) => {
    const item = document.createElement('li');
    item.append(`${place + 1}.`, Object.assign(document.createElement('span'), { textContent: name }), `${points}`);
    item.classList.toggle('mine', name === me);
    return item;
  }));
}, { rewind: 1 });
