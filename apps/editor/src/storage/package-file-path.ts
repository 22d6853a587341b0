/** Where the built editor serves a file of an npm package: `@scope/name/folder/file` below `npm/`, fit for a URL. */

export const packageFilePath = (specifier: string): string => `npm/${specifier.split("/").map(encodeURIComponent).join("/").replaceAll("%40", "@")}`;
