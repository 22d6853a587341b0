/** What a key that is pressed is for: text in a field, the control that has the focus, or the editor. */

const FIELDS = "input:not([type='checkbox'], [type='radio'], [type='button']), textarea, select, [contenteditable=''], [contenteditable='true'], [role='textbox'], [role='combobox'], [role='searchbox'], [role='slider'], [role='spinbutton']";
const OVERLAYS = "[role='dialog'], [role='alertdialog'], [role='menu'], [role='listbox']";
const CONTROLS = "button, a[href], summary, [role='button'], [role='switch'], [role='tab'], [role='checkbox'], [role='menuitem'], [role='option'], [data-port]";

const inside = (target: EventTarget | null, selector: string): boolean => typeof Element !== "undefined" && target instanceof Element && target.closest(selector) !== null;

/** Typed text, or a window or menu that has keys of its own. */
export const isForField = (target: EventTarget | null): boolean => inside(target, FIELDS) || inside(target, OVERLAYS);

/** Presses the control that has the focus. */
export const isForControl = (event: Pick<KeyboardEvent, "key" | "target" | "ctrlKey" | "metaKey" | "altKey">): boolean =>
  (event.key === " " || event.key === "Enter") && !event.ctrlKey && !event.metaKey && !event.altKey && inside(event.target, CONTROLS);
