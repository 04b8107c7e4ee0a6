// Finding and making elements; text is always set as text, never as HTML.

/** The element with that id, which the page is known to have. */
export const byId = (id) => document.getElementById(id);

/** A new element with a class, and text or elements inside. */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** A decorative icon, hidden from screen readers. */
export function icon(name) {
  const element = make("span", `icon ${name}`);
  element.setAttribute("aria-hidden", "true");
  return element;
}

/** Set an element's text if it changes: a live region is not read again for nothing. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
