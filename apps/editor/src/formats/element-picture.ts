/**
 * A part of the page as a picture: its elements and the page's own style sheets inside an SVG, which the browser draws.
 * Copying what the sheets amount to for each element, as is usual, takes seconds where this takes a moment.
 */

export interface ElementPictureOptions {
  /** Of the element's own coordinates: what comes into the picture. */
  readonly area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** Pixels of the picture for each of the area. */
  readonly ratio: number;
  /** Around it, up to the element that holds the names of colours and sizes. */
  readonly root: HTMLElement;
  readonly background: string;
  /** Selector of what is left out. */
  readonly without: string;
  /** What the copies of what is around it have in the place of their own. */
  readonly attributes?: { readonly [name: string]: string };
}

const XHTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
/** Nothing moves, blinks or comes in. */
const STILL = "*,*::before,*::after{animation:none!important;transition:none!important;caret-color:transparent!important}";

export async function elementPicture(element: HTMLElement, { area, ratio, root, background, without, attributes = {} }: ElementPictureOptions): Promise<Blob> {
  const [width, height] = [Math.round(area.width * ratio), Math.round(area.height * ratio)];
  const copy = element.cloneNode(true) as HTMLElement;
  await fillIn(element, copy);
  for (const left of copy.querySelectorAll(without)) left.remove();
  copy.style.transform = `translate(${-area.left}px, ${-area.top}px)`;
  copy.style.width = `${area.width}px`;
  copy.style.height = `${area.height}px`;

  // What is around it takes no room, but says what its elements inherit, and which rules are meant for them.
  let outer: HTMLElement = copy;
  for (let around = element.parentElement; around && root.contains(around); around = around.parentElement) {
    const shell = around.cloneNode(false) as HTMLElement;
    for (const [name, value] of Object.entries(attributes)) if (shell.hasAttribute(name)) shell.setAttribute(name, value);
    shell.style.setProperty("display", "contents", "important");
    if (around === root) shell.style.colorScheme = isDark(root) ? "dark" : "light";
    shell.append(outer);
    outer = shell;
  }
  const ground = document.createElementNS(XHTML, "div") as HTMLElement;
  ground.style.cssText = `position:relative;overflow:hidden;width:${area.width}px;height:${area.height}px;background:${background};font:${getComputedStyle(element).font}`;
  ground.append(outer);

  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${area.width} ${area.height}` })) svg.setAttribute(name, String(value));
  const style = document.createElementNS(SVG, "style");
  style.textContent = sheets() + STILL;
  const foreign = document.createElementNS(SVG, "foreignObject");
  for (const name of ["width", "height"]) foreign.setAttribute(name, "100%");
  foreign.append(ground);
  svg.append(style, foreign);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")!.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The browser could not draw the canvas.");
  return blob;
}

/** A picture inside a picture reads no files: every rule is written out. Sheets of other origins cannot be read. */
function sheets(): string {
  return [...document.styleSheets].map((sheet) => {
    try {
      return [...sheet.cssRules].map((rule) => rule.cssText).join("\n");
    } catch {
      return "";
    }
  }).join("\n");
}

const isDark = (root: HTMLElement): boolean => {
  const scheme = getComputedStyle(root).colorScheme;
  return scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
};

/** What elements show is not all in their attributes. */
async function fillIn(element: HTMLElement, copy: HTMLElement): Promise<void> {
  const fields = "canvas, img, input, textarea, select";
  const copies = [...copy.querySelectorAll<HTMLElement>(fields)];
  const waiting: Promise<void>[] = [];
  for (const [i, from] of [...element.querySelectorAll<HTMLElement>(fields)].entries()) {
    const to = copies[i]!;
    if (from instanceof HTMLCanvasElement) to.replaceWith(drawnCanvas(from));
    else if (from instanceof HTMLImageElement) waiting.push(dataUrlOf(from.currentSrc || from.src).then((url) => (url === null ? to.removeAttribute("src") : to.setAttribute("src", url))));
    else if (from instanceof HTMLTextAreaElement) to.textContent = from.value;
    else if (from instanceof HTMLSelectElement) for (const [j, option] of [...(to as HTMLSelectElement).options].entries()) option.toggleAttribute("selected", from.options[j]?.selected ?? false);
    else if (from instanceof HTMLInputElement) {
      to.setAttribute("value", from.value);
      to.toggleAttribute("checked", from.checked);
    }
  }
  await Promise.all(waiting);
}

/** As a picture of the same size in the same place. */
function drawnCanvas(canvas: HTMLCanvasElement): HTMLImageElement {
  const image = document.createElement("img");
  for (const { name, value } of canvas.attributes) if (name !== "width" && name !== "height") image.setAttribute(name, value);
  const now = getComputedStyle(canvas);
  for (const name of ["width", "height", "display", "position", "inset", "margin", "object-fit", "border-radius", "image-rendering", "background"]) image.style.setProperty(name, now.getPropertyValue(name));
  if (canvas.width && canvas.height) image.src = canvas.toDataURL();
  return image;
}

/** Null where it cannot be read. */
async function dataUrlOf(address: string): Promise<string | null> {
  if (address === "" || address.startsWith("data:")) return address || null;
  try {
    const blob = await (await fetch(address)).blob();
    return await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  } catch {
    return null;
  }
}
