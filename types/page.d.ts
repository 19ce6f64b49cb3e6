// The pages, as their scripts find them. Read by tsc, never served.

// A piece of a page: what scripts ask of one, whatever its tag. Templates hold what their scripts look for, so a piece is
// there; the browser tests notice one that is missing, and `?.` stands where it may be.
interface Piece extends HTMLElement,
  Pick<HTMLInputElement, "checked" | "defaultValue" | "disabled" | "max" | "min" | "name" | "select">,
  Pick<HTMLInputElement, "selectionStart" | "setSelectionRange">,
  Pick<HTMLFormElement, "action" | "method" | "requestSubmit" | "reset">,
  Pick<HTMLDialogElement, "close" | "open" | "show" | "showModal">,
  Pick<HTMLAnchorElement, "href">,
  Pick<HTMLTemplateElement, "content"> {
  value: any; // a number becomes a text
  dataset: Record<string, any>;
  elements: Record<string, any>; // the fields of a form, by name
  children: HTMLCollectionOf<Piece>;
  closest(selectors: string): Piece;
  firstElementChild: Piece;
  lastElementChild: Piece;
  nextElementSibling: Piece;
  parentElement: Piece;
  cloneNode(deep?: boolean): Piece;
}

interface DocumentFragment {
  firstElementChild: Piece;
}

interface ParentNode {
  querySelector(selectors: string): Piece;
  querySelectorAll(selectors: string): NodeListOf<Piece>;
}

interface Element {
  closest(selectors: string): Piece;
  setAttribute(name: string, value: string | number): void;
}

interface Document {
  activeElement: Piece;
  getElementById(id: string): Piece;
}
