/** What any host shares with Node's, free of Node: which files and pictures are read, and the sentences for those that are not. */
export { decodeDataUrl, isDataUrl } from "./data-url.ts";
export { foreignFormat, imageFormat, imageSize, type ImageFormat, type ImageSize } from "./image-header.ts";
export { damagedImage, MOST_PIXELS, readSize, refuseSides } from "./image-limits.ts";
export { packagePath } from "./package-path.ts";
export { quoted, refusedForm } from "./path-form.ts";
