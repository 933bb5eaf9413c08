// Elements made by hand. Whatever comes from a message only ever becomes a text node.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; children that are no nodes become text. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets text only where it differs, so that nothing is announced or laid out for nothing. */
export function say(element, text) {
  const wanted = String(text);
  if (element.textContent !== wanted) {
    element.textContent = wanted;
  }
}

/** Runs `paint` at most once per frame, however often it is asked for. */
export function eachFrame(paint) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      // A hidden page has no frames; its lists are still kept short.
      const soon = document.hidden ? (run) => setTimeout(run, 250) : requestAnimationFrame;
      soon(() => {
        asked = false;
        paint();
      });
    }
  };
}

export const count = (number) => number.toLocaleString('en-US');
