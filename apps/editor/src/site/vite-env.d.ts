/// <reference types="vite/client" />

declare module "virtual:node-words" {
  /** Where the texts are; null in development, where they are in their places. */
  const address: string | null;
  export default address;
}
